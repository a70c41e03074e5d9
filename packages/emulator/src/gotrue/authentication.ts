import { type AccessTokenClaims, verifyAccessToken } from "./access-token.ts";
import { ApiError } from "./api-error.ts";
import type { Exchange } from "./context.ts";
import { findSession, type SessionRow } from "./session.ts";
import type { UserRow } from "./user.ts";
import { findUserById } from "./user-store.ts";
import { isUuid } from "./uuid.ts";

export interface Authenticated {
  claims: AccessTokenClaims;
  user: UserRow;
  /** Absent for a token that names no session. */
  session: SessionRow | undefined;
}

async function bearerClaims({ context, request }: Exchange): Promise<AccessTokenClaims> {
  const token = /^bearer (\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (token === undefined) {
    throw new ApiError(401, "no_authorization", "This endpoint requires a valid Bearer token");
  }
  return verifyAccessToken(context, token);
}

async function loadSession({ context }: Exchange, id: string): Promise<SessionRow | undefined> {
  if (id === "" || /^[0-]+$/.test(id)) return undefined;
  if (!isUuid(id)) throw new ApiError(403, "bad_jwt", "invalid claim: session_id claim must be a UUID");
  const session = await findSession(context.database, id);
  if (session === undefined) {
    throw new ApiError(403, "session_not_found", "Session from session_id claim in JWT does not exist");
  }
  return session;
}

/** @throws ApiError unless the bearer token is valid and its user and session still exist */
export async function authenticate(exchange: Exchange): Promise<Authenticated> {
  const claims = await bearerClaims(exchange);
  if (claims.sub === "") throw new ApiError(403, "bad_jwt", "invalid claim: missing sub claim");
  if (!isUuid(claims.sub)) throw new ApiError(400, "bad_jwt", "invalid claim: sub claim must be a UUID");
  const user = await findUserById(exchange.context.database, claims.sub);
  if (user === undefined) throw new ApiError(403, "user_not_found", "User from sub claim in JWT does not exist");
  return { claims, user, session: await loadSession(exchange, claims.session_id) };
}

/** @throws ApiError unless the bearer token has a role that may administrate */
export async function authenticateAdmin(exchange: Exchange): Promise<void> {
  const claims = await bearerClaims(exchange);
  if (claims.session_id !== "") await authenticate(exchange);
  if (claims.role !== "service_role" && claims.role !== "supabase_admin") {
    throw new ApiError(403, "not_admin", "User not allowed");
  }
}
