import { AuthenticationError } from "../errors/authentication-error.ts";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { pasteAccident, trimmed } from "../text/paste-accident.ts";
import { decodeToken } from "./jwt.ts";
import { areTwoUsers } from "./session-rules.ts";
import type { Session } from "./session-store.ts";

export interface CredentialOptions {
  token?: string | undefined;
  refreshToken?: string | undefined;
  userId?: string | undefined;
}

/** What a caller knows its tokens by. */
interface TokenNames {
  token: string;
}

/**
 * The session that the client's options make. Blank ones count as absent, as variables of an environment are.
 * @throws AuthenticationError where a token is none; InvalidArgumentError where `userId` is not its user
 */
export function sessionFromOptions(options: CredentialOptions, names?: TokenNames): Session | undefined {
  const accessToken = trimmed(options.token);
  const refreshToken = checkedRefreshToken(options.refreshToken, names);
  const userId = trimmed(options.userId) ?? "";
  if (accessToken === undefined) {
    // A refresh token alone is enough: a session that has expired already makes the first call refresh it.
    return refreshToken === undefined ? undefined : { accessToken: "", refreshToken, expiresAtMs: 0, userId };
  }
  const { sub = "", exp } = decodeToken(accessToken);
  if (areTwoUsers(sub, userId)) {
    throw new InvalidArgumentError(
      'The options "token" and "userId" name two users: userId is not the sub of the token. Leave userId out, or pass that user\'s token.',
    );
  }
  return {
    accessToken,
    refreshToken,
    expiresAtMs: exp === undefined ? Number.POSITIVE_INFINITY : exp * 1000,
    userId: sub || userId,
  };
}

/** Without what a paste leaves around it. @throws AuthenticationError where it can be none, instead of one that is refused much later */
export function checkedRefreshToken(
  given: string | undefined,
  names: TokenNames = { token: "token" },
): string | undefined {
  const refreshToken = trimmed(given);
  if (refreshToken === undefined) return undefined;
  const isAccessToken = /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(refreshToken);
  const accident = isAccessToken ? `It is an access token: pass it as ${names.token}.` : pasteAccident(refreshToken);
  if (accident === undefined) return refreshToken;
  throw new AuthenticationError(`The refresh token is none. ${accident}`);
}
