import * as v from "valibot";
import { invalid, refusal, type ValidationDetail } from "./answers.ts";
import { jsonNesting, maxJsonNesting } from "./nesting.ts";
import { maxBodyBytes, readBytes } from "./read-bytes.ts";

export type Read<T> = { ok: true; value: T } | { ok: false; response: Response };

function detail(issue: v.BaseIssue<unknown>): ValidationDetail {
  const path = issue.path?.map(({ key }) => (typeof key === "number" ? key : String(key))) ?? [];
  const missing = issue.received === "undefined";
  return {
    loc: ["body", ...path],
    msg: missing ? "Field required" : issue.message,
    type: missing ? "missing" : `${issue.type}_type`,
  };
}

export function readValue<T>(schema: v.GenericSchema<unknown, T>, value: unknown): Read<T> {
  const result = v.safeParse(schema, value);
  if (result.success) return { ok: true, value: result.output };
  return { ok: false, response: invalid(result.issues.map(detail)) };
}

function notJson<T>(): Read<T> {
  return { ok: false, response: invalid([{ loc: ["body"], msg: "JSON decode error", type: "json_invalid" }]) };
}

/**
 * Reads a JSON body whatever its content type says: the title endpoint is sent JSON as text/plain.
 * @param whenEmpty what a request without a body means, where it means something
 */
export async function readJson<T>(
  schema: v.GenericSchema<unknown, T>,
  request: Request,
  whenEmpty?: unknown,
): Promise<Read<T>> {
  const bytes = await readBytes(request, maxBodyBytes);
  if (bytes === undefined) {
    return { ok: false, response: refusal(413, "The body is larger than 32 MB", "body_too_large") };
  }
  if (bytes.length === 0 && whenEmpty !== undefined) return readValue(schema, whenEmpty);
  const text = new TextDecoder().decode(bytes);
  if (jsonNesting(text) > maxJsonNesting) return notJson();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return notJson();
  }
  return readValue(schema, value);
}
