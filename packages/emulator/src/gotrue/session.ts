import type { Queryable } from "../database/database.ts";
import type { AuthContext } from "./context.ts";
import { sortKeys } from "./metadata.ts";
import { randomRefreshToken } from "./refresh-token-store.ts";
import { sqlTimestamp } from "./timestamp.ts";
import { type GoTrueUser, type IdentityInJson, type IdentityRow, identityRow, type UserRow, userJson } from "./user.ts";

/** How somebody proved who they are, as the token's `amr` names it. */
export type AuthenticationMethod =
  | "password"
  | "anonymous"
  | "oauth"
  | "otp"
  | "magiclink"
  | "recovery"
  | "email_change";

/** A row of `auth.sessions`. */
export interface SessionRow {
  id: string;
  user_id: string;
  authentication_method: string;
  aal: string;
  created_at: Date;
}

export interface GoTrueSession {
  access_token: string;
  token_type: "bearer";
  expires_in: number;
  expires_at: number;
  refresh_token: string;
  user: GoTrueUser;
}

export async function findSession(db: Queryable, id: string): Promise<SessionRow | undefined> {
  return (await db.query<SessionRow>("select * from auth.sessions where id = $1", [id])).rows[0];
}

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

async function signAccessToken(
  context: AuthContext,
  user: UserRow,
  session: SessionRow,
): Promise<{ token: string; expiresAt: number }> {
  const issuedAt = seconds(context.clock.now());
  const expiresAt = issuedAt + context.tokenLifetimeSeconds;
  const token = await context.key.sign({
    iss: context.issuer(),
    sub: user.id,
    aud: user.aud,
    exp: expiresAt,
    iat: issuedAt,
    email: user.email ?? "",
    phone: user.phone ?? "",
    app_metadata: sortKeys(user.raw_app_meta_data),
    user_metadata: sortKeys(user.raw_user_meta_data),
    role: user.role,
    aal: session.aal,
    amr: [{ method: session.authentication_method, timestamp: seconds(session.created_at.getTime()) }],
    session_id: session.id,
    is_anonymous: user.is_anonymous,
  });
  return { token, expiresAt };
}

export async function sessionJson(
  context: AuthContext,
  user: UserRow,
  identities: readonly IdentityRow[],
  session: SessionRow,
  refreshToken: string,
): Promise<GoTrueSession> {
  const { token, expiresAt } = await signAccessToken(context, user, session);
  return {
    access_token: token,
    token_type: "bearer",
    expires_in: context.tokenLifetimeSeconds,
    expires_at: expiresAt,
    refresh_token: refreshToken,
    user: userJson(user, identities),
  };
}

/** What proxies and logs in front of the service read. */
export function setSessionHeaders(headers: Headers, userId: string, sessionId: string, refreshToken?: string): void {
  headers.set("sb-auth-user-id", userId);
  headers.set("sb-auth-session-id", sessionId);
  if (refreshToken !== undefined) headers.set("sb-auth-refresh-token-prefix", refreshToken.slice(0, 5));
}

const startSql = `
  select u.*, (select json_agg(i order by i.ordinal) from auth.identities i where i.user_id = u.id) as identities
  from auth.start_session($1, $2, $3, $4, $5, $6) u`;

/**
 * Open a session for a user who has just proved who they are.
 * @throws Error when there is no such user
 */
export async function startSession(
  context: AuthContext,
  db: Queryable,
  userId: string,
  method: AuthenticationMethod,
  headers: Headers,
): Promise<GoTrueSession> {
  const now = context.clock.now();
  const session: SessionRow = {
    id: crypto.randomUUID(),
    user_id: userId,
    authentication_method: method,
    aal: "aal1",
    created_at: new Date(now),
  };
  const refreshToken = randomRefreshToken();
  const parameters = [session.id, userId, method, session.aal, refreshToken, sqlTimestamp(now)];
  const { rows } = await db.query<UserRow & { identities: IdentityInJson[] | null }>(startSql, parameters);
  const user = rows[0];
  if (user === undefined) throw new Error(`There is no user ${userId}.`);
  setSessionHeaders(headers, userId, session.id, refreshToken);
  return sessionJson(context, user, (user.identities ?? []).map(identityRow), session, refreshToken);
}

/** Sessions take their refresh tokens with them. `keep` is the session that stays. */
export async function endSessionsOf(db: Queryable, userId: string, keep?: string): Promise<void> {
  await db.query("delete from auth.sessions where user_id = $1 and ($2::uuid is null or id <> $2)", [
    userId,
    keep ?? null,
  ]);
}

export async function endSession(db: Queryable, id: string): Promise<void> {
  await db.query("delete from auth.sessions where id = $1", [id]);
}
