import { withoutSecrets } from "../text/detail.ts";
import { isRecord } from "../wire/parse.ts";
import type { RawRecord } from "../wire/records.ts";

/** The fields whose words become an error. */
const WORDS = [
  "error",
  "error_type",
  "error_description",
  "errors",
  "message",
  "msg",
  "detail",
  "status",
  "code",
  "type",
];

/** The words of a list of details stand so deep, under `detail`. */
const DEEPEST = 3;

/**
 * An answer whose words may become an error, without the key that it may repeat. Before anything is cut: half a key is known
 * by nothing. What is no failure's word, such as a URL or a chat's text, stays as it is.
 */
export function blankedFailure(answer: RawRecord, secrets: readonly string[]): RawRecord {
  const names = answer.tag === "error" ? [...WORDS, "content"] : WORDS;
  const told = names.filter((name) => name in answer);
  if (told.length === 0) return answer;
  return { ...answer, ...Object.fromEntries(told.map((name) => [name, blanked(answer[name], secrets, DEEPEST)])) };
}

/** A text, or the texts of an object or a list: deeper ones are in no error. */
function blanked(value: unknown, secrets: readonly string[], depth: number): unknown {
  if (typeof value === "string") return withoutSecrets(value, secrets);
  if (depth === 0) return value;
  if (Array.isArray(value)) return value.map((one) => blanked(one, secrets, depth - 1));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, blanked(one, secrets, depth - 1)]));
}
