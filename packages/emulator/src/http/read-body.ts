import * as v from "valibot";
import { invalid, type ValidationDetail } from "./answers.ts";

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

/** Reads a JSON body whatever its content type says: the title endpoint is sent JSON as text/plain. */
export async function readJson<T>(schema: v.GenericSchema<unknown, T>, request: Request): Promise<Read<T>> {
  const text = await request.text();
  try {
    return readValue(schema, JSON.parse(text));
  } catch {
    const response = invalid([{ loc: ["body"], msg: "JSON decode error", type: "json_invalid" }]);
    return { ok: false, response };
  }
}
