import { APIError } from "../errors/api-error.ts";
import { isRecord } from "../wire/parse.ts";

const UNIQUE_VIOLATION = "23505";

/**
 * Whether a repeated insert was refused because an earlier attempt of the same call had arrived. The same refusal at the
 * first attempt is a conflict like any other, and so is one that names no id of ours: somebody else's row is there then.
 *
 * @param attempt from 0
 * @param ids those that this call has chosen for its rows
 */
export function isInsertedAlready(error: unknown, attempt: number, ids: readonly string[]): boolean {
  if (attempt === 0 || !APIError.is(error) || !isRecord(error.body)) return false;
  const { code, details } = error.body;
  return code === UNIQUE_VIOLATION && typeof details === "string" && ids.some((id) => details.includes(id));
}
