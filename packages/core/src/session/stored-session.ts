import * as v from "valibot";
import { SessionStoreError } from "../errors/session-store-error.ts";
import { isRecord } from "../wire/parse.ts";
import { parseOldSession } from "./auth-session.ts";
import { subjectOf } from "./jwt.ts";
import type { Session } from "./session-store.ts";

/** What may be absent may be null as well: a database keeps it so, and JSON the expiry of a token that has none. */
interface StoredSession extends Omit<Session, "refreshToken" | "expiresAtMs" | "clockSkewMs"> {
  refreshToken?: string | null | undefined;
  expiresAtMs: number | null;
  clockSkewMs?: number | null | undefined;
}

const sessionSchema: v.GenericSchema<unknown, StoredSession> = v.looseObject({
  accessToken: v.string(),
  refreshToken: v.nullish(v.string()),
  expiresAtMs: v.nullable(v.number()),
  userId: v.string(),
  clockSkewMs: v.nullish(v.number()),
});

/**
 * A stored session, as the user's whom its access token names: that one acts, whatever stands beside it.
 * @throws SessionStoreError where it is none; it says nothing of what it is
 */
export function checkStoredSession(value: unknown): Session {
  const checked = v.safeParse(sessionSchema, value);
  if (checked.success) {
    const { accessToken, refreshToken, expiresAtMs, userId, clockSkewMs } = checked.output;
    return {
      accessToken,
      refreshToken: refreshToken ?? undefined,
      expiresAtMs: expiresAtMs ?? Number.POSITIVE_INFINITY,
      userId: subjectOf(accessToken) ?? userId,
      ...(typeof clockSkewMs === "number" ? { clockSkewMs } : {}),
    };
  }
  throw new SessionStoreError("The session store holds something that is no session. Clear it and sign in again.");
}

/**
 * Reads what a session store keeps as JSON: a {@link Session}, or the auth server's own session object, as the web app
 * and supabase-js keep it.
 *
 * @example
 * const text = await readFile("session.json", "utf8");
 * const session = parseStoredSession(text);
 * @throws SessionStoreError where the text is neither; its message shows nothing of it
 */
export function parseStoredSession(text: string): Session {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, and with it a token.
  }
  if (!isRecord(value) || !("access_token" in value)) return checkStoredSession(value);
  try {
    return parseOldSession(value, "the session store");
  } catch (cause) {
    throw new SessionStoreError("The session store holds a session with a broken token.", { cause });
  }
}
