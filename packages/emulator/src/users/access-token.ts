import { compactVerify, createLocalJWKSet, decodeJwt, errors, type JSONWebKeySet } from "jose";
import * as v from "valibot";
import type { Clock } from "../clock.ts";

export type TokenCheck = { ok: true; userId: string } | { ok: false; reason: string };

/** The token of an authorization header: the edge API takes it bare, and with a scheme as well. */
export function tokenOf(authorization: string | null): string {
  return (authorization ?? "").replace(/^bearer\s+/i, "").trim();
}

/** Whose token it says it is, unchecked: good for a journal, not for access. */
export function claimedUser(authorization: string | null): string | undefined {
  try {
    const { sub }: { sub?: unknown } = decodeJwt(tokenOf(authorization));
    return typeof sub === "string" ? sub : undefined;
  } catch {
    return undefined;
  }
}

interface Claims {
  sub?: string | undefined;
  exp?: number | undefined;
  nbf?: number | undefined;
}

const claimsSchema: v.GenericSchema<unknown, Claims> = v.object({
  sub: v.optional(v.pipe(v.string(), v.uuid())),
  exp: v.optional(v.number()),
  nbf: v.optional(v.number()),
});

/** PostgREST's: one token is good for both or for none. */
const clockSkewSeconds = 30;

export function createTokenCheck(jwks: () => JSONWebKeySet, clock: Clock): (token: string) => Promise<TokenCheck> {
  // signatures are checked once a token, its times at every use
  const verified = new Map<string, Claims>();

  async function claimsOf(token: string): Promise<Claims> {
    const known = verified.get(token);
    if (known !== undefined) return known;
    const { payload } = await compactVerify(token, createLocalJWKSet(jwks()));
    const claims = v.parse(claimsSchema, JSON.parse(new TextDecoder().decode(payload)));
    if (verified.size >= 5000) verified.clear();
    verified.set(token, claims);
    return claims;
  }

  return async (token) => {
    if (token === "") return { ok: false, reason: "Missing authorization token" };
    let claims: Claims;
    try {
      claims = await claimsOf(token);
    } catch (error) {
      const isExpected = error instanceof errors.JOSEError || error instanceof TypeError;
      if (!isExpected && !(error instanceof SyntaxError) && !v.isValiError(error)) throw error;
      return { ok: false, reason: "Invalid token" };
    }
    const { sub, exp, nbf } = claims;
    const nowSeconds = clock.now() / 1000;
    if (sub === undefined) return { ok: false, reason: "Token has no subject" };
    if (exp !== undefined && exp <= nowSeconds) return { ok: false, reason: "Token has expired" };
    if (nbf !== undefined && nbf > nowSeconds + clockSkewSeconds)
      return { ok: false, reason: "Token is not valid yet" };
    return { ok: true, userId: sub };
  };
}
