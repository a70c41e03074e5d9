import { compactVerify, importJWK, type JSONWebKeySet, type JWK } from "jose";
import * as v from "valibot";
import type { Clock } from "../clock.ts";
import { PostgrestError } from "./errors.ts";

/** Who asks: the role of the transaction and what `request.jwt.claims` says. */
export interface Identity {
  readonly role: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

export interface JwtOptions {
  readonly jwks: () => JSONWebKeySet;
  readonly clock: Clock;
  readonly anonRole: string;
}

const clockSkewSeconds = 30;

const headerSchema = v.looseObject({ alg: v.string(), kid: v.optional(v.string()) });
const claimsSchema = v.pipe(
  v.record(v.string(), v.unknown()),
  // valibot takes an array for a record.
  v.check((claims) => !Array.isArray(claims)),
);

function rejected(code: string, message: string, details: string | null = null): PostgrestError {
  const challenge = `Bearer error="invalid_token", error_description=${JSON.stringify(message)}`;
  return new PostgrestError(401, code, message, { details, headers: { "www-authenticate": challenge } });
}

function undecodable(message: string, details: string | null = null): PostgrestError {
  return rejected("PGRST301", message, details);
}

function wrongKey(details: string): PostgrestError {
  return undecodable("No suitable key or wrong key type", details);
}

/** The token of "Bearer token"; another scheme counts as none at all, the scheme alone as an empty token. */
export function bearerToken(authorization: string | null): string | undefined {
  const match = /^bearer(?:\s+(.*))?$/is.exec(authorization ?? "");
  return match === null ? undefined : (match[1] ?? "");
}

function decodeHeader(part: string): v.InferOutput<typeof headerSchema> {
  const bytes = Buffer.from(part, "base64url");
  // Characters that decoding would drop, or bits left over at the end, make it no base64url.
  if (bytes.toString("base64url") !== part) throw undecodable("JWT cryptographic operation failed");
  try {
    return v.parse(headerSchema, JSON.parse(bytes.toString("utf8")));
  } catch {
    throw undecodable("JWT couldn't be decoded");
  }
}

const keyTypes: readonly (readonly [RegExp, string, string?])[] = [
  [/^HS(256|384|512)$/, "oct"],
  [/^[RP]S(256|384|512)$/, "RSA"],
  [/^ES256$/, "EC", "P-256"],
  [/^ES384$/, "EC", "P-384"],
  [/^ES512$/, "EC", "P-521"],
  [/^EdDSA$/, "OKP"],
];

function isCandidate(key: JWK, alg: string, kid: string | undefined): boolean {
  const fits = keyTypes.some(
    ([pattern, type, curve]) => pattern.test(alg) && key.kty === type && (curve === undefined || key.crv === curve),
  );
  const isNamed = kid === undefined || key.kid === kid;
  return fits && isNamed && (key.alg === undefined || key.alg === alg) && key.use !== "enc";
}

async function verifySignature(token: string, keys: readonly JWK[], alg: string): Promise<string> {
  for (const key of keys) {
    try {
      const { payload } = await compactVerify(token, await importJWK({ ...key, alg }, alg));
      return new TextDecoder().decode(payload);
    } catch {
      // The next key may fit.
    }
  }
  throw wrongKey("None of the keys was able to decode the JWT");
}

function seconds(claims: Identity["claims"], claim: "exp" | "nbf" | "iat"): number | undefined {
  const value = claims[claim];
  if (value === undefined) return undefined;
  if (typeof value !== "number") throw rejected("PGRST303", `The JWT '${claim}' claim must be a number`);
  return Number.isSafeInteger(value) ? value : 0;
}

function checkClaims(claims: Identity["claims"], clock: Clock): void {
  const now = Math.floor(clock.now() / 1000);
  const expiry = seconds(claims, "exp");
  if (expiry !== undefined && now > expiry + clockSkewSeconds) throw rejected("PGRST303", "JWT expired");
  const notBefore = seconds(claims, "nbf");
  if (notBefore !== undefined && now < notBefore - clockSkewSeconds) throw rejected("PGRST303", "JWT not yet valid");
  const issuedAt = seconds(claims, "iat");
  if (issuedAt !== undefined && now < issuedAt - clockSkewSeconds) throw rejected("PGRST303", "JWT issued at future");
  const audience = claims.aud;
  const isText = (value: unknown): boolean => typeof value === "string";
  if (audience === undefined || audience === null || isText(audience)) return;
  if (Array.isArray(audience) && audience.every(isText)) return;
  throw rejected("PGRST303", "The JWT 'aud' claim must be a string or an array of strings");
}

function parseClaims(payload: string): Identity["claims"] {
  try {
    return v.parse(claimsSchema, JSON.parse(payload));
  } catch {
    throw rejected("PGRST303", "Parsing claims failed");
  }
}

function asRole(role: unknown): string {
  return typeof role === "string" ? role : JSON.stringify(role);
}

/** Says whose request it is. @throws PostgrestError 401 when there is a token and it is not valid */
export type Identify = (authorization: string | null) => Promise<Identity>;

export function createIdentify({ jwks, clock, anonRole }: JwtOptions): Identify {
  // signatures are checked once a token, its times at every use
  const verified = new Map<string, string>();

  async function payloadOf(token: string, keys: readonly JWK[], alg: string): Promise<string> {
    const payload = verified.get(token) ?? (await verifySignature(token, keys, alg));
    if (verified.size >= 5000) verified.clear();
    verified.set(token, payload);
    return payload;
  }

  return async (authorization) => {
    const token = bearerToken(authorization);
    if (token === undefined) return { role: anonRole, claims: { role: anonRole } };
    if (token === "") throw undecodable("Empty JWT is sent in Authorization header");
    const parts = token.split(".");
    if (parts.length !== 3) throw undecodable(`Expected 3 parts in JWT; got ${parts.length}`);
    const { alg, kid } = decodeHeader(parts[0] ?? "");
    if (alg === "none") {
      const details = "JWT is unsecured but expected 'alg' was not 'none'";
      throw undecodable("Wrong or unsupported encoding algorithm", details);
    }
    const keys = jwks().keys.filter((key) => isCandidate(key, alg, kid));
    if (keys.length === 0) throw wrongKey("No suitable key was found to decode the JWT");
    const claims = parseClaims(await payloadOf(token, keys, alg));
    checkClaims(claims, clock);
    const role = claims.role === undefined ? anonRole : asRole(claims.role);
    return { role, claims: { ...claims, role } };
  };
}
