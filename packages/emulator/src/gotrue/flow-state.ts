import type { Queryable } from "../database/database.ts";
import { normalizeChallengeMethod } from "./pkce.ts";
import type { AuthenticationMethod } from "./session.ts";
import { sqlTimestamp } from "./timestamp.ts";

const lifetimeMs = 300_000;

/** A row of `auth.flow_state`: a sign-in that is under way. Its id is the `state` that the provider sees. */
export interface FlowStateRow {
  id: string;
  user_id: string | null;
  auth_code: string | null;
  auth_code_issued_at: Date | null;
  code_challenge: string | null;
  code_challenge_method: string | null;
  provider_type: string;
  authentication_method: AuthenticationMethod;
  referrer: string | null;
  provider_access_token: string | null;
  provider_refresh_token: string | null;
  created_at: Date;
}

export interface NewFlowState {
  providerType: string;
  authenticationMethod: AuthenticationMethod;
  /** Empty for the implicit flow. */
  codeChallenge: string;
  codeChallengeMethod: string;
  referrer?: string;
  /** Known from the start when the flow goes through a mail. */
  userId?: string;
}

/** @throws TypeError for a challenge method that does not exist */
export async function createFlowState(db: Queryable, flow: NewFlowState, now: number): Promise<string> {
  const isPkce = flow.codeChallenge !== "";
  const method = normalizeChallengeMethod(flow.codeChallengeMethod);
  if (isPkce && method === undefined) throw new TypeError(`There is no challenge method ${flow.codeChallengeMethod}.`);
  const id = crypto.randomUUID();
  const sql = `
    insert into auth.flow_state (id, user_id, auth_code, code_challenge, code_challenge_method, provider_type,
      authentication_method, referrer, created_at, updated_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`;
  const pkce = isPkce ? [crypto.randomUUID(), flow.codeChallenge, method] : [null, null, null];
  const { providerType, authenticationMethod, referrer = null, userId = null } = flow;
  await db.query(sql, [id, userId, ...pkce, providerType, authenticationMethod, referrer, sqlTimestamp(now)]);
  return id;
}

async function first(db: Queryable, where: string, parameters: readonly string[]): Promise<FlowStateRow | undefined> {
  return (await db.query<FlowStateRow>(`select * from auth.flow_state where ${where}`, parameters)).rows[0];
}

export const findFlowState = (db: Queryable, id: string): Promise<FlowStateRow | undefined> =>
  first(db, "id = $1", [id]);

export const findFlowStateByCode = (db: Queryable, code: string): Promise<FlowStateRow | undefined> =>
  first(db, "auth_code = $1", [code]);

export const findFlowStateOfUser = (db: Queryable, userId: string, method: string): Promise<FlowStateRow | undefined> =>
  first(db, "user_id = $1 and authentication_method = $2 order by created_at desc limit 1", [userId, method]);

/** A mail may be read late, so its flow counts from the moment that the link was opened. */
export function isFlowExpired(flow: FlowStateRow, now: number): boolean {
  const isMail = flow.authentication_method === "magiclink" && flow.auth_code_issued_at !== null;
  const start = (isMail ? flow.auth_code_issued_at : flow.created_at) ?? flow.created_at;
  return now > start.getTime() + lifetimeMs;
}

export async function claimFlowState(
  db: Queryable,
  id: string,
  claim: { userId: string; accessToken: string | null; refreshToken: string | null },
  now: number,
): Promise<void> {
  const sql = `
    update auth.flow_state set user_id = $2, provider_access_token = $3, provider_refresh_token = $4,
      auth_code_issued_at = $5, updated_at = $5 where id = $1`;
  await db.query(sql, [id, claim.userId, claim.accessToken, claim.refreshToken, sqlTimestamp(now)]);
}

export async function deleteFlowState(db: Queryable, id: string): Promise<void> {
  await db.query("delete from auth.flow_state where id = $1", [id]);
}
