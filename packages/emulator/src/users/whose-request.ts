import * as v from "valibot";
import type { Database } from "../database/database.ts";
import { isStorable } from "../database/storable.ts";
import { claimedUser, tokenOf } from "./access-token.ts";
import { type ApiKeys, isApiKey } from "./api-keys.ts";

interface SignIn {
  refresh_token?: string | undefined;
  email?: string | undefined;
  auth_code?: string | undefined;
}

/** What Postgres cannot look for is nobody's. */
const name = v.optional(v.pipe(v.string(), v.check(isStorable)));

const signIn: v.GenericSchema<unknown, SignIn> = v.object({ refresh_token: name, email: name, auth_code: name });

const sql = `
  select coalesce(
    (select user_id from auth.refresh_tokens where token = $1),
    (select user_id from auth.flow_state where auth_code = $2),
    (select id from auth.users where email = lower($3))) as id`;

function parsed(body: string): SignIn {
  try {
    const result = v.safeParse(signIn, JSON.parse(body));
    return result.success ? result.output : {};
  } catch {
    return {};
  }
}

/**
 * Whose request it is, for the journal and for faults that are meant for one user: as the token says; without one, the
 * user that a sign-in or refresh names. Nothing is allowed by it.
 */
export function createWhoseRequest(
  database: Database,
  apiKeys: Pick<ApiKeys, "ownerOf">,
): (request: Request, path: string, body: string | null) => Promise<string | undefined> {
  return async (request, path, body) => {
    const claimed = claimedUser(request.headers.get("authorization"));
    if (claimed !== undefined) return claimed;
    const token = tokenOf(request.headers.get("authorization"));
    if (isApiKey(token) && isStorable(token)) return apiKeys.ownerOf(token);
    if (!path.startsWith("/auth/v1/") || body === null) return undefined;
    const { refresh_token, email, auth_code } = parsed(body);
    if (refresh_token === undefined && email === undefined && auth_code === undefined) return undefined;
    const named = [refresh_token ?? null, auth_code ?? null, email ?? null];
    const { rows } = await database.query<{ id: string | null }>(sql, named);
    return rows[0]?.id ?? undefined;
  };
}
