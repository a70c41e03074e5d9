import { isRecord } from "../wire/parse.ts";
import { connectionError } from "./connection-failure.ts";
import { responseError } from "./response-error.ts";

/** PostgREST's statuses by its codes and Postgres's, since the error of supabase-js carries no status. */
const statuses: readonly [RegExp, number][] = [
  [/^PGRST30[0-3]$/, 401],
  [/^42501$/, 403],
  [/^PGRST116$/, 404],
  [/^2350[35]$/, 409],
  [/^PGRST00[0-3]$/, 503],
];

/**
 * The error of a supabase-js client that is not ours, as ours: an own client's `fetch` has not been through here. What
 * came through our `fetch` is typed already, and what is neither passes unchanged.
 */
export function foreignError(error: unknown): unknown {
  if (error instanceof TypeError) return connectionError("rows", "A request of the supabase option's client", error);
  if (!isRecord(error) || error.name !== "PostgrestError") return error;
  const { code, message, details, hint } = error;
  const status = statuses.find(([pattern]) => pattern.test(String(code)))?.[1] ?? 400;
  const text = JSON.stringify({ code, message, details, hint });
  return responseError({ kind: "rows", label: "A request to the tables", status, headers: new Headers(), text });
}
