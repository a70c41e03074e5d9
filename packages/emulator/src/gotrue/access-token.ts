import { compactVerify, importJWK } from "jose";
import type { AuthContext } from "./context.ts";
import { badJwt, decodeBase64, decodeClaims, decodeHeader, malformedJwt } from "./jwt-parts.ts";

export interface AccessTokenClaims {
  sub: string;
  aud: readonly string[];
  role: string;
  session_id: string;
}

function checkAlgorithm(algorithm: string | undefined): void {
  if (algorithm === undefined) throw badJwt("token is unverifiable: signing method (alg) is unspecified");
  if (!/^(?:[HREP]S(?:256|384|512)|EdDSA|none)$/.test(algorithm)) {
    throw badJwt("token is unverifiable: signing method (alg) is unavailable");
  }
  if (algorithm !== "ES256") {
    throw badJwt(`token signature is invalid: signing method ${algorithm} is invalid`);
  }
}

async function checkSignature(
  context: AuthContext,
  token: string,
  algorithm: string | undefined,
  kid: unknown,
): Promise<void> {
  const jwk = context.key.jwks().keys.find((key) => key.kid === kid);
  if (jwk === undefined) {
    const name = kid === undefined ? "<nil>" : String(kid);
    throw badJwt(
      `token is unverifiable: error while executing keyfunc: unrecognized JWT kid ${name} for algorithm ${algorithm}`,
    );
  }
  decodeBase64(token.slice(token.lastIndexOf(".") + 1), "signature");
  try {
    await compactVerify(token, await importJWK(jwk, "ES256"));
  } catch {
    throw badJwt("token signature is invalid: crypto/ecdsa: verification error");
  }
}

/**
 * Check a token as the service does, in its order and with its words.
 * @throws ApiError `bad_jwt`
 */
export async function verifyAccessToken(context: AuthContext, token: string): Promise<AccessTokenClaims> {
  const [header, claimsPart, signature, ...rest] = token.split(".");
  if (header === undefined || claimsPart === undefined || signature === undefined || rest.length > 0) {
    throw malformedJwt("token contains an invalid number of segments");
  }
  const { alg, kid } = decodeHeader(header);
  const claims = decodeClaims(claimsPart);
  checkAlgorithm(alg);
  await checkSignature(context, token, alg, kid);

  const now = context.clock.now() / 1000;
  const problems: string[] = [];
  if (typeof claims.exp === "number" && now >= claims.exp) problems.push("token is expired");
  if (typeof claims.nbf === "number" && now < claims.nbf) problems.push("token is not valid yet");
  if (problems.length > 0) throw badJwt(`token has invalid claims: ${problems.join(", ")}`);

  return {
    sub: claims.sub,
    aud: typeof claims.aud === "string" ? [claims.aud] : claims.aud,
    role: claims.role,
    session_id: claims.session_id,
  };
}
