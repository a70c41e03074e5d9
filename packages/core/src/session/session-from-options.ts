import { decodeToken } from "./jwt.ts";
import type { Session } from "./session-store.ts";

export interface CredentialOptions {
  token?: string | undefined;
  refreshToken?: string | undefined;
  userId?: string | undefined;
}

/** The session that the client's options make. @throws AuthenticationError where the token is none */
export function sessionFromOptions({ token, refreshToken, userId }: CredentialOptions): Session | undefined {
  if (token === undefined) {
    // A refresh token alone is enough: a session that has expired already makes the first call refresh it.
    return refreshToken === undefined
      ? undefined
      : { accessToken: "", refreshToken, expiresAtMs: 0, userId: userId ?? "" };
  }
  // A line break at its end is what a paste brings along.
  const accessToken = token.trim();
  const claims = decodeToken(accessToken);
  return {
    accessToken,
    refreshToken,
    expiresAtMs: claims.exp === undefined ? Number.POSITIVE_INFINITY : claims.exp * 1000,
    userId: userId ?? claims.sub ?? "",
  };
}
