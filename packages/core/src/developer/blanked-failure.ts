import { withoutSecrets } from "../text/detail.ts";
import { isRecord } from "../wire/parse.ts";
import type { RawRecord } from "../wire/records.ts";

/** The fields whose words become an error. */
const WORDS = ["error", "error_type", "message", "status"];

/**
 * An answer whose words may become an error, without the key that it may repeat. Before anything is cut: half a key is known
 * by nothing. What is no failure's word, such as a URL or a chat's text, stays as it is.
 */
export function blankedFailure(answer: RawRecord, secrets: readonly string[]): RawRecord {
  const told = WORDS.filter((name) => name in answer);
  if (told.length === 0) return answer;
  return { ...answer, ...Object.fromEntries(told.map((name) => [name, blanked(answer[name], secrets)])) };
}

/** A text, or the texts of an object: deeper ones are in no error. */
function blanked(value: unknown, secrets: readonly string[]): unknown {
  const text = (one: unknown): unknown => (typeof one === "string" ? withoutSecrets(one, secrets) : one);
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, text(one)]))
    : text(value);
}
