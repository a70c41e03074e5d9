import { exportJWK, generateKeyPair, type JSONWebKeySet, type JWK, SignJWT } from "jose";

const kid = "the-key-of-these-tests";

export interface Person {
  readonly name: string;
  readonly id: string;
  readonly session: string;
}

export const alice: Person = {
  name: "alice",
  id: "a11ce000-0000-4000-8000-000000000001",
  session: "5e55a000-0000-4000-8000-00000000a001",
};
export const bob: Person = {
  name: "bob",
  id: "b0b00000-0000-4000-8000-000000000002",
  session: "5e55b000-0000-4000-8000-00000000b002",
};

export interface TokenMint {
  readonly jwks: JSONWebKeySet;
  /** What a service needs in order to sign with the same key. */
  readonly privateJwk: JWK;
  mint(person: Person, changes?: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>;
}

/** Signs tokens as the hosted sign-in service would. `now` is in seconds. */
export async function createMint(now: number): Promise<TokenMint> {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: "ES256", use: "sig" };
  return {
    jwks: { keys: [jwk] },
    privateJwk: { ...(await exportJWK(privateKey)), kid, alg: "ES256" },
    mint: ({ name, id, session }, changes = {}, header = {}) =>
      new SignJWT({
        iss: "http://127.0.0.1:54321/auth/v1",
        sub: id,
        aud: "authenticated",
        iat: now,
        exp: now + 3600,
        email: `${name}@example.com`,
        phone: "",
        app_metadata: { provider: "email", providers: ["email"] },
        user_metadata: {},
        role: "authenticated",
        aal: "aal1",
        amr: [{ method: "password", timestamp: now }],
        session_id: session,
        is_anonymous: false,
        ...changes,
      })
        .setProtectedHeader({ alg: "ES256", kid, typ: "JWT", ...header })
        .sign(privateKey),
  };
}
