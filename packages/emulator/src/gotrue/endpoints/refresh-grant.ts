import type { Queryable } from "../../database/database.ts";
import { ApiError } from "../api-error.ts";
import type { AuthContext, Exchange } from "../context.ts";
import {
  findActiveRefreshToken,
  findRefreshToken,
  type RefreshTokenRow,
  revokeFamily,
  rotateRefreshToken,
} from "../refresh-token-store.ts";
import { readBody } from "../request-body.ts";
import { jsonResponse } from "../responses.ts";
import { findSession, type GoTrueSession, sessionJson, setSessionHeaders } from "../session.ts";
import { sqlTimestamp } from "../timestamp.ts";
import { findIdentities, findUserById, updateUser } from "../user-store.ts";

const alreadyUsed = () => new ApiError(400, "refresh_token_already_used", "Invalid Refresh Token: Already Used");

/**
 * The token that answers a spent one. The parent of the newest gets the newest again, at any time: its
 * client lost the answer. An older one is good for the reuse interval only. Undefined means: issue a new one.
 * @throws ApiError when the token is too old
 */
async function tokenForSpentOne(
  context: AuthContext,
  db: Queryable,
  spent: RefreshTokenRow,
): Promise<string | undefined> {
  const active = await findActiveRefreshToken(db, spent.session_id);
  if (active?.parent === spent.token) return active.token;
  const reusableUntil = spent.updated_at.getTime() + context.reuseIntervalSeconds * 1000;
  if (context.clock.now() > reusableUntil) throw alreadyUsed();
  return undefined;
}

/** Answers with a session, or with the error that has to be reported after the revocation was committed. */
async function refresh(
  { context, headers }: Exchange,
  db: Queryable,
  token: string,
): Promise<GoTrueSession | ApiError> {
  const presented = await findRefreshToken(db, token);
  const session = presented && (await findSession(db, presented.session_id));
  const user = presented && (await findUserById(db, presented.user_id));
  if (!presented || !session || !user) {
    throw new ApiError(400, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found");
  }
  setSessionHeaders(headers, user.id, session.id);
  const now = context.clock.now();

  let current: string | undefined;
  if (presented.revoked) {
    try {
      current = await tokenForSpentOne(context, db, presented);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      await revokeFamily(db, session.id, now);
      return error;
    }
  }
  const refreshToken = current ?? (await rotateRefreshToken(db, presented, now));
  const refreshed = current === undefined ? await updateUser(db, user.id, {}, now) : user;
  await db.query("update auth.sessions set refreshed_at = $2, updated_at = $2 where id = $1", [
    session.id,
    sqlTimestamp(now),
  ]);
  setSessionHeaders(headers, user.id, session.id, refreshToken);
  return sessionJson(context, refreshed, await findIdentities(db, user.id), session, refreshToken);
}

export async function refreshGrant(exchange: Exchange): Promise<Response> {
  const token = (await readBody(exchange.request, "RefreshTokenGrantParams")).text("refresh_token");
  if (!/^[a-z0-9]{12}$/.test(token)) throw new ApiError(400, "validation_failed", "Refresh token is not valid");
  const result = await exchange.context.database.transaction((db) => refresh(exchange, db, token));
  if (result instanceof ApiError) throw result;
  return jsonResponse(200, result, exchange.headers);
}
