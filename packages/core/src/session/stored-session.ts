import * as v from "valibot";
import { SessionStoreError } from "../errors/session-store-error.ts";
import { isRecord } from "../wire/parse.ts";
import { parseSession } from "./auth-session.ts";
import { subjectOf } from "./jwt.ts";
import type { Session } from "./session-store.ts";

const sessionSchema: v.GenericSchema<Session> = v.looseObject({
  accessToken: v.string(),
  refreshToken: v.optional(v.string()),
  expiresAtMs: v.number(),
  userId: v.string(),
});

/**
 * A stored session, as the user's whom its access token names: that one acts, whatever stands beside it.
 * @throws SessionStoreError where it is none; it says nothing of what it is
 */
export function checkStoredSession(value: unknown): Session {
  if (v.is(sessionSchema, value)) return { ...value, userId: subjectOf(value.accessToken) ?? value.userId };
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
    return parseSession(value, "the session store");
  } catch (cause) {
    throw new SessionStoreError("The session store holds a session with a broken token.", { cause });
  }
}
