import { ResponseShapeError } from "../errors/response-shape-error.ts";
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

/** What our fetch throws is no TypeError: supabase-js could not make anything of what came. */
function stumbled(cause: TypeError): ResponseShapeError {
  return new ResponseShapeError("The tables answered in a shape that is not known.", {
    issues: ["answer: not what supabase-js expects"],
    raw: undefined,
    cause,
  });
}

/**
 * The error of a supabase-js client that is not ours, as ours: an own client's `fetch` has not been through here. What
 * came through our `fetch` is typed already, and what is neither passes unchanged.
 * @param by who made the request, as far as one was made
 */
export function foreignError(error: unknown, by: "given client" | "own fetch" | undefined): unknown {
  if (error instanceof TypeError) {
    if (by === "own fetch") return stumbled(error);
    const whose = by === undefined ? "to the tables" : "of the supabase option's client";
    const sender = by === "given client" ? "client" : undefined;
    return connectionError({ kind: "rows", label: `A request ${whose}`, sender }, error);
  }
  if (!isRecord(error) || error.name !== "PostgrestError") return error;
  const { code, message, details, hint } = error;
  const status = statuses.find(([pattern]) => pattern.test(String(code)))?.[1] ?? 400;
  const text = JSON.stringify({ code, message, details, hint });
  return responseError({ kind: "rows", label: "A request to the tables", status, headers: new Headers(), text });
}
