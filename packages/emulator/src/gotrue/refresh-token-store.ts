import { randomBytes } from "node:crypto";
import type { Queryable } from "../database/database.ts";
import { sqlTimestamp } from "./timestamp.ts";

/** A row of `auth.refresh_tokens`. */
export interface RefreshTokenRow {
  token: string;
  user_id: string;
  session_id: string;
  /** The token it was exchanged for; empty for the first of a session. */
  parent: string;
  revoked: boolean;
  updated_at: Date;
}

const alphabet = "abcdefghijklmnopqrstuvwxyz234567";

/** Twelve characters of base32, as the service makes them. */
export function randomRefreshToken(): string {
  return [...randomBytes(12)].map((byte) => alphabet.charAt(byte & 31)).join("");
}

export async function findRefreshToken(db: Queryable, token: string): Promise<RefreshTokenRow | undefined> {
  return (await db.query<RefreshTokenRow>("select * from auth.refresh_tokens where token = $1", [token])).rows[0];
}

/** The newest token of the session that was not exchanged yet. */
export async function findActiveRefreshToken(db: Queryable, sessionId: string): Promise<RefreshTokenRow | undefined> {
  const sql = "select * from auth.refresh_tokens where session_id = $1 and not revoked order by id desc limit 1";
  return (await db.query<RefreshTokenRow>(sql, [sessionId])).rows[0];
}

async function insertRefreshToken(
  db: Queryable,
  userId: string,
  sessionId: string,
  parent: string,
  now: number,
): Promise<string> {
  const token = randomRefreshToken();
  const sql = `
    insert into auth.refresh_tokens (token, user_id, session_id, parent, created_at, updated_at)
    values ($1, $2, $3, $4, $5, $5)`;
  await db.query(sql, [token, userId, sessionId, parent, sqlTimestamp(now)]);
  return token;
}

/** Exchange one token for a new one. */
export async function rotateRefreshToken(db: Queryable, old: RefreshTokenRow, now: number): Promise<string> {
  const sql = "update auth.refresh_tokens set revoked = true, updated_at = $2 where token = $1";
  await db.query(sql, [old.token, sqlTimestamp(now)]);
  return insertRefreshToken(db, old.user_id, old.session_id, old.token, now);
}

/**
 * Revoke what is left of a session's tokens. It touches `updated_at`, so that the newest token
 * stays usable for one more reuse interval, as in the real service.
 */
export async function revokeFamily(db: Queryable, sessionId: string, now: number): Promise<void> {
  const sql = "update auth.refresh_tokens set revoked = true, updated_at = $2 where session_id = $1 and not revoked";
  await db.query(sql, [sessionId, sqlTimestamp(now)]);
}
