import { beforeAll, expect, it } from "vitest";
import { createSigningKey, type SigningKey } from "../keys/signing-key.ts";
import { claimedUser, createTokenCheck } from "./access-token.ts";

const nowSeconds = 1_800_000_000;
const sub = "24790b40-5e0f-4c27-bd2e-09d4070b4db3";
let key: SigningKey;
let check: ReturnType<typeof createTokenCheck>;
beforeAll(async () => {
  key = await createSigningKey();
  check = createTokenCheck(() => key.jwks(), { now: () => nowSeconds * 1000 });
});

it.each([
  ["of a minute ago", nowSeconds - 60],
  ["within the skew of clocks", nowSeconds + 20],
])("takes a token whose nbf is %s", async (_, nbf) => {
  expect(await check(await key.sign({ sub, nbf }))).toEqual({ ok: true, userId: sub });
});

it.each([
  ["Token is not valid yet", { sub, nbf: nowSeconds + 600 }],
  ["Token has expired", { sub, exp: nowSeconds }],
  ["Token has no subject", {}],
  ["Invalid token", { sub: "not-a-uuid" }],
])("refuses with %s", async (reason, claims) => {
  expect(await check(await key.sign(claims))).toEqual({ ok: false, reason });
});

it("refuses what no token is, and a token of another key", async () => {
  const other = await createSigningKey();
  for (const token of ["x", "a.b.c", await other.sign({ sub })]) {
    expect(await check(token)).toEqual({ ok: false, reason: "Invalid token" });
  }
});

it("names nobody for a subject that is no text", () => {
  const payload = Buffer.from(JSON.stringify({ sub: 5 })).toString("base64url");
  expect(claimedUser(`Bearer e30.${payload}.x`)).toBeUndefined();
});
