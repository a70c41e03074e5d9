import { exportJWK, generateKeyPair, importJWK, type JSONWebKeySet, type JWK, type JWTPayload, SignJWT } from "jose";

const algorithm = "ES256";

/** The key that access tokens are signed with, and its public half. */
export interface SigningKey {
  kid: string;
  /** What `/.well-known/jwks.json` shows: the public key alone. */
  jwks(): JSONWebKeySet;
  sign(claims: JWTPayload): Promise<string>;
}

/** A new private key, with an id, in the form that can be kept. */
export async function generateSigningKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: crypto.randomUUID() };
}

/** @param privateJwk a P-256 key to use again after a restart; a new one is made when absent */
export async function createSigningKey(privateJwk?: JWK): Promise<SigningKey> {
  const jwk = privateJwk ?? (await generateSigningKey());
  if (jwk.kty !== "EC" || jwk.crv !== "P-256" || !jwk.x || !jwk.y || !jwk.d) {
    throw new TypeError("The signing key has to be a private P-256 key in JWK form.");
  }
  const kid = jwk.kid ?? crypto.randomUUID();
  const privateKey = await importJWK({ kty: "EC", crv: "P-256", x: jwk.x, y: jwk.y, d: jwk.d }, algorithm);
  const publicJwk: JWK = {
    alg: algorithm,
    crv: jwk.crv,
    key_ops: ["verify"],
    kid,
    kty: jwk.kty,
    use: "sig",
    x: jwk.x,
    y: jwk.y,
  };
  return {
    kid,
    jwks: () => ({ keys: [{ ...publicJwk }] }),
    sign: (claims) => new SignJWT(claims).setProtectedHeader({ alg: algorithm, kid, typ: "JWT" }).sign(privateKey),
  };
}
