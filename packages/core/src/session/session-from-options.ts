import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { decodeToken } from "./jwt.ts";
import { areTwoUsers } from "./session-rules.ts";
import type { Session } from "./session-store.ts";

export interface CredentialOptions {
  token?: string | undefined;
  refreshToken?: string | undefined;
  userId?: string | undefined;
}

/**
 * The session that the client's options make.
 * @throws AuthenticationError where the token is none; InvalidArgumentError where `userId` is not its user
 */
export function sessionFromOptions({ token, refreshToken, userId }: CredentialOptions): Session | undefined {
  if (token === undefined) {
    // A refresh token alone is enough: a session that has expired already makes the first call refresh it.
    return refreshToken === undefined
      ? undefined
      : { accessToken: "", refreshToken, expiresAtMs: 0, userId: userId ?? "" };
  }
  // A line break at its end is what a paste brings along.
  const accessToken = token.trim();
  const { sub = "", exp } = decodeToken(accessToken);
  if (areTwoUsers(sub, userId ?? "")) {
    throw new InvalidArgumentError(
      'The options "token" and "userId" name two users: userId is not the sub of the token. Leave userId out, or pass that user\'s token.',
    );
  }
  return {
    accessToken,
    refreshToken,
    expiresAtMs: exp === undefined ? Number.POSITIVE_INFINITY : exp * 1000,
    userId: sub || (userId ?? ""),
  };
}
