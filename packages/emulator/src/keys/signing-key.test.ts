import { compactVerify, createLocalJWKSet, decodeProtectedHeader, exportJWK, generateKeyPair } from "jose";
import { describe, expect, it } from "vitest";
import { createSigningKey } from "./signing-key.ts";

describe("createSigningKey", () => {
  it("signs tokens that verify against its public key set", async () => {
    const key = await createSigningKey();
    const token = await key.sign({ sub: "someone", exp: 1 });
    const { payload } = await compactVerify(token, createLocalJWKSet(key.jwks()));
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({ sub: "someone", exp: 1 });
    expect(decodeProtectedHeader(token)).toEqual({ alg: "ES256", kid: key.kid, typ: "JWT" });
  });

  it("never shows the private half", async () => {
    const key = await createSigningKey();
    expect(Object.keys(key.jwks().keys[0] ?? {}).sort()).toEqual([
      "alg",
      "crv",
      "key_ops",
      "kid",
      "kty",
      "use",
      "x",
      "y",
    ]);
  });

  it("keeps the id of a key that is handed in", async () => {
    const { privateKey } = await generateKeyPair("ES256", { extractable: true });
    const jwk = { ...(await exportJWK(privateKey)), kid: "of-yesterday" };
    const [first, second] = [await createSigningKey(jwk), await createSigningKey(jwk)];
    expect(first.kid).toBe("of-yesterday");
    expect(first.jwks()).toEqual(second.jwks());
  });

  it("refuses a key that cannot sign ES256", async () => {
    await expect(createSigningKey({ kty: "oct", k: "c2VjcmV0" })).rejects.toThrow("private P-256 key");
  });
});
