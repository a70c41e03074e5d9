import * as v from "valibot";
import { AuthenticationError } from "../errors/authentication-error.ts";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { anything, text } from "../options/option-values.ts";
import { checkAgainst } from "../options/options-check.ts";
import { jsonAccident, pasteAccident, trimmed } from "../text/paste-accident.ts";
import { isRecord } from "../wire/parse.ts";
import { sessionFromOptions } from "./session-from-options.ts";
import type { Session } from "./session-store.ts";

/** One or both of a session's tokens. A whole `Session` will do. */
export interface SessionTokens {
  accessToken?: string | undefined;
  /** Without it, the session ends with the access token. */
  refreshToken?: string | undefined;
}

/** What the web app and supabase-js keep under `sb-…-auth-token`, as far as it is used. */
export interface WebAppSession {
  access_token: string;
  refresh_token?: string | null | undefined;
}

const label = "auth.setSession";

const tokensSchema: v.StrictObjectSchema<v.ObjectEntries, undefined> = v.strictObject({
  accessToken: v.optional(text),
  refreshToken: v.optional(text),
  // Of a whole session. Whose it is and when it ends, the token says; the skew was another machine's, perhaps.
  expiresAtMs: v.optional(anything),
  userId: v.optional(anything),
  clockSkewMs: v.optional(anything),
});

/**
 * The session that somebody hands over as tokens, or as the web app has it: an object or its JSON. Of a refresh token alone,
 * `accessToken` is empty.
 * @throws InvalidArgumentError where it is of no such form, AuthenticationError where a token is none. Neither shows any of it
 */
export function givenSession(given: unknown): Session {
  const value = typeof given === "string" ? parsedText(given) : given;
  const tokens = isRecord(value) && "access_token" in value ? tokensOfWebApp(value) : value;
  checkAgainst(label, tokensSchema, tokens);
  const { accessToken, refreshToken } = v.parse(pairSchema, tokens);
  const session = sessionFromOptions({ token: accessToken, refreshToken }, { token: "accessToken" });
  if (session !== undefined) return session;
  throw new InvalidArgumentError(`${label}: pass accessToken, refreshToken or both.`);
}

const pairSchema: v.GenericSchema<unknown, SessionTokens> = v.looseObject({
  accessToken: v.optional(v.string()),
  refreshToken: v.optional(v.string()),
});

function tokensOfWebApp(value: Record<string, unknown>): Record<string, unknown> {
  if ("accessToken" in value || "refreshToken" in value) {
    throw new InvalidArgumentError(`${label}: there are tokens in two forms, such as access_token and accessToken.`);
  }
  // What the app keeps beside them, such as the user, is its own business.
  const { access_token: accessToken, refresh_token: refreshToken } = value;
  return { accessToken, refreshToken: refreshToken ?? undefined };
}

function parsedText(given: string): unknown {
  const json = trimmed(given) ?? "";
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    // The parser's own message quotes the text, and with it a token.
  }
  if (isRecord(value) && ["access_token", "accessToken", "refreshToken"].some((name) => name in value)) return value;
  throw new AuthenticationError(
    `${label}: the text is no session, which is the JSON under "sb-…-auth-token" in the web app's localStorage. ${whatItIs(json, value)}`,
  );
}

function whatItIs(json: string, value: unknown): string {
  if (json === "") return "It is empty.";
  if (/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(json)) return "It is an access token: pass { accessToken }.";
  if (isRecord(value)) return "It is JSON with no access_token in it.";
  if (json.startsWith("{")) return jsonAccident(json);
  const isShort = /^[\w-]{10,40}$/.test(json);
  const otherwise = isShort ? "If it is a refresh token, pass { refreshToken }." : "Copy all of it, from { to }.";
  return pasteAccident(json) ?? otherwise;
}
