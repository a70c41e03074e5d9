import * as v from "valibot";
import { ResponseShapeError } from "../errors/response-shape-error.ts";
import { describeIssue } from "../options/describe-issue.ts";
import { isMarkup, markupKind, markupWords } from "../text/markup.ts";

/** Checks what the server sent; a secret is kept out of the error. @throws ResponseShapeError that names the request and the fields that are off */
export function parseAnswer<T>(
  schema: v.GenericSchema<unknown, T>,
  value: unknown,
  label: string,
  isSecret = false,
): T {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const issues = result.issues.map((issue) => describeIssue(issue));
  throw new ResponseShapeError(`${label} answered in a shape that is not known: ${issues[0] ?? "no details"}.`, {
    issues,
    raw: isSecret ? undefined : value,
  });
}

/**
 * Parses JSON text; a secret is kept out of the error.
 * @throws ResponseShapeError where it is none, such as a proxy's HTML page
 */
export function parseJson(text: string, label: string, isSecret = false): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const words = isSecret ? markupKind : markupWords;
    const kind = isMarkup(text) ? words(text) : text === "" ? "an empty body" : "text that is no JSON";
    // Without the parser's own error, which quotes the text.
    throw otherKind(`${label} answered with`, kind, "JSON was", isSecret ? undefined : text);
  }
}

/** The error of an answer that is of another kind than what was asked for. */
export function otherKind(who: string, came: string, expected: string, raw: unknown): ResponseShapeError {
  return new ResponseShapeError(`${who} ${came} where ${expected} expected.`, { issues: [`answer: ${came}`], raw });
}

/** A value that is used only when it is a text that is not empty; anything else counts as absent. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A field of which only {@link textOf} is used. */
export const lenientText: v.GenericSchema<unknown, string | undefined> = v.pipe(v.unknown(), v.transform(textOf));

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
