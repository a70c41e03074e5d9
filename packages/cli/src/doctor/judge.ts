import * as v from "valibot";
import { differs, TELL_US, type Verdict } from "./finding.ts";
import type { Answer } from "./http/asker.ts";
import { describeShape } from "./shape.ts";

const MOST_TEXT = 240;

/** An answer in a line: of an error what it says, of anything else its shape alone. */
export function describeAnswer({ status, headers, text, json }: Answer): string {
  const type = headers.get("content-type")?.split(";")[0] ?? "no content type";
  const location = headers.get("location");
  if (location !== null) return `${status} to ${location}`;
  if (/^\s*<(?:!doctype|html)/i.test(text)) {
    const title = /<title>([^<]*)/i.exec(text)?.[1]?.trim();
    return `${status} with an HTML page${title ? `, "${title}"` : ""}`;
  }
  if (text === "") return `${status} without a body (${type})`;
  if (status >= 400) return `${status}: ${json === undefined ? cutText(text) : errorWords(json)}`;
  return json === undefined ? `${status} with text that is no JSON (${type})` : `${status} with ${describeShape(json)}`;
}

/** What an error says of itself. Values of rows, which Postgres tells as `details`, are the user's own. */
const TELLING = ["code", "error_code", "error", "error_type", "message", "msg", "hint", "detail", "error_description"];

function errorWords(json: unknown): string {
  const fields = Object.entries(Object(json)).filter(([name]) => TELLING.includes(name));
  return fields.length === 0 ? describeShape(json) : cutText(JSON.stringify(Object.fromEntries(fields)));
}

function cutText(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > MOST_TEXT ? `${line.slice(0, MOST_TEXT)}…` : line;
}

/** What a person can do about an answer that is not as expected. */
export function adviceFor({ status, text }: Answer): string {
  if (/^\s*<(?:!doctype|html)/i.test(text)) {
    return "A proxy, a firewall or the page of a network may have answered in the service's place; try another network.";
  }
  if (status === 401 || (status === 403 && /token|jwt/i.test(text))) {
    return "The token is not taken here: `flowith login`, then again. If others hold, tell us.";
  }
  if (status === 402) return "`flowith credits` shows what is left.";
  if (status === 429) return "Too many requests: wait some minutes, then again.";
  if (status >= 500) return "The service fails at it: try again later.";
  return TELL_US;
}

export function differsFrom(expected: string, answer: Answer): Verdict {
  return differs(expected, `${answer.label}: ${describeAnswer(answer)}`, adviceFor(answer));
}

/**
 * An answer against what the wire document says: a 200 with JSON of that shape.
 * @returns the parsed value, or the verdict that it differs
 */
export function judged<Value>(
  answer: Answer,
  schema: v.GenericSchema<unknown, Value>,
  expected: string,
): { ok: true; value: Value } | { ok: false; verdict: Verdict } {
  const wanted = `200 with ${expected}`;
  if (answer.status !== 200 || answer.json === undefined) return { ok: false, verdict: differsFrom(wanted, answer) };
  const checked = v.safeParse(schema, answer.json);
  if (checked.success) return { ok: true, value: checked.output };
  const [issue] = checked.issues;
  const at = v.getDotPath(issue);
  const where = at === null ? "" : ` (at ${at})`;
  const came = `${answer.label}: ${describeAnswer(answer)}${where}`;
  return { ok: false, verdict: differs(wanted, came, adviceFor(answer)) };
}
