import * as v from "valibot";
import { parseAnswer } from "../wire/parse.ts";
import { decodeToken } from "./jwt.ts";
import type { Session } from "./session-store.ts";

interface WireSession {
  access_token: string;
  refresh_token?: string | null | undefined;
  expires_at?: number | null | undefined;
  expires_in?: number | null | undefined;
  /** Ours, in what is stored in this form. */
  clock_skew_ms?: number | null | undefined;
}

const wireSessionSchema: v.GenericSchema<unknown, WireSession> = v.looseObject({
  access_token: v.string(),
  refresh_token: v.nullish(v.string()),
  expires_at: v.nullish(v.number()),
  expires_in: v.nullish(v.number()),
  clock_skew_ms: v.nullish(v.number()),
});

/** Times of issue are whole seconds, and an answer is on its way for a while. */
const NO_SKEW_MS = 2_000;

/** The auth server's session object (wire 7) as ours, in the moment in which it comes. @throws ResponseShapeError */
export function parseSession(value: unknown, label: string): Session {
  const { session, wire, issuedAtMs } = read(value, label);
  const nowMs = Date.now();
  const lifeMs = inMs(wire.expires_in);
  if (session.expiresAtMs === Number.POSITIVE_INFINITY) {
    return lifeMs === undefined ? session : { ...session, expiresAtMs: nowMs + lifeMs };
  }
  const sinceMs = lifeMs === undefined ? issuedAtMs : session.expiresAtMs - lifeMs;
  // A time of issue after the end says nothing.
  if (sinceMs === undefined || sinceMs >= session.expiresAtMs) return session;
  const clockSkewMs = nowMs - sinceMs;
  return Math.abs(clockSkewMs) < NO_SKEW_MS ? session : { ...session, clockSkewMs };
}

/** The same that was stored some time ago, here or by supabase-js. @throws ResponseShapeError */
export function parseOldSession(value: unknown, label: string): Session {
  const { session, wire } = read(value, label);
  const { clock_skew_ms: clockSkewMs } = wire;
  return clockSkewMs === null || clockSkewMs === undefined ? session : { ...session, clockSkewMs };
}

function read(value: unknown, label: string): { session: Session; wire: WireSession; issuedAtMs: number | undefined } {
  const wire = parseAnswer(wireSessionSchema, value, label, true);
  const claims = decodeToken(wire.access_token);
  const session: Session = {
    accessToken: wire.access_token,
    refreshToken: wire.refresh_token ?? undefined,
    expiresAtMs: inMs(claims.exp ?? wire.expires_at) ?? Number.POSITIVE_INFINITY,
    userId: claims.sub ?? "",
  };
  return { session, wire, issuedAtMs: inMs(claims.iat) };
}

function inMs(seconds: number | null | undefined): number | undefined {
  return seconds === null || seconds === undefined ? undefined : seconds * 1000;
}
