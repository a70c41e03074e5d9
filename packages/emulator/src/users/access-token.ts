import { createLocalJWKSet, decodeJwt, errors, type JSONWebKeySet, type JWTPayload, jwtVerify } from "jose";
import type { Clock } from "../clock.ts";

export type TokenCheck = { ok: true; userId: string } | { ok: false; reason: string };

/** The token of an authorization header: the edge API takes it bare, and with a scheme as well. */
export function tokenOf(authorization: string | null): string {
  return (authorization ?? "").replace(/^bearer\s+/i, "").trim();
}

/** Whose token it says it is, unchecked: good for a journal, not for access. */
export function claimedUser(authorization: string | null): string | undefined {
  try {
    return decodeJwt(tokenOf(authorization)).sub;
  } catch {
    return undefined;
  }
}

export function createTokenCheck(jwks: () => JSONWebKeySet, clock: Clock): (token: string) => Promise<TokenCheck> {
  // signatures are checked once a token, its expiry at every use
  const verified = new Map<string, JWTPayload>();

  async function payloadOf(token: string): Promise<JWTPayload> {
    const known = verified.get(token);
    if (known !== undefined) return known;
    const { payload } = await jwtVerify(token, createLocalJWKSet(jwks()), { currentDate: new Date(0) });
    if (verified.size >= 5000) verified.clear();
    verified.set(token, payload);
    return payload;
  }

  return async (token) => {
    if (token === "") return { ok: false, reason: "Missing authorization token" };
    try {
      const { sub, exp, nbf } = await payloadOf(token);
      const nowSeconds = clock.now() / 1000;
      if (sub === undefined) return { ok: false, reason: "Token has no subject" };
      if (exp !== undefined && exp <= nowSeconds) return { ok: false, reason: "Token has expired" };
      if (nbf !== undefined && nbf > nowSeconds) return { ok: false, reason: "Token is not valid yet" };
      return { ok: true, userId: sub };
    } catch (error) {
      if (!(error instanceof errors.JOSEError) && !(error instanceof TypeError)) throw error;
      return { ok: false, reason: "Invalid token" };
    }
  };
}
