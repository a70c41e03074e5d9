import { APIError } from "../errors/api-error.ts";
import { isRecord } from "../wire/parse.ts";

const UNIQUE_VIOLATION = "23505";
/** Of a table with row-level security Postgres withholds the details, since they may be of a row that is not to be seen. */
const PRIMARY_KEY = /unique constraint "\w+_pkey"/;

/**
 * Whether a repeated insert was refused because an earlier attempt of the same call had arrived. The same refusal at the
 * first attempt is a conflict like any other, and so is one that names no id of ours: somebody else's row is there then. Where
 * no id is named, it has to be the primary key that is taken: by ids that nobody but this call knows.
 *
 * @param attempt from 0
 * @param ids those that this call has chosen for its rows
 */
export function isInsertedAlready(error: unknown, attempt: number, ids: readonly string[]): boolean {
  if (attempt === 0 || !APIError.is(error) || !isRecord(error.body)) return false;
  const { code, details, message } = error.body;
  if (code !== UNIQUE_VIOLATION || ids.length === 0) return false;
  if (typeof details === "string") return ids.some((id) => details.includes(id));
  return typeof message === "string" && PRIMARY_KEY.test(message);
}
