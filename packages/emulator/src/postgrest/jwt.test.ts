import { describe, expect, it } from "vitest";
import { PostgrestError } from "./errors.ts";
import { bearerToken, createIdentify, type Identity } from "./jwt.ts";
import { createRequester } from "./testing/requester.ts";
import { alice, createMint } from "./testing/tokens.ts";

const now = 1_790_000_000;
const mint = await createMint(now);
const options = { jwks: () => mint.jwks, clock: { now: () => now * 1000 }, anonRole: "anon" };
const identify = createIdentify(options);
const authorizationOf = createRequester(mint, now);

async function asks(
  as: string,
): Promise<Identity | { code: string; message: string; details: unknown; challenge: unknown }> {
  try {
    return await identify((await authorizationOf(as)) ?? null);
  } catch (error) {
    if (!(error instanceof PostgrestError)) throw error;
    const { code, message, details, headers } = error;
    return { code, message, details, challenge: headers["www-authenticate"] };
  }
}

async function refusal(changes: Record<string, unknown>): Promise<string | undefined> {
  try {
    await identify(`Bearer ${await mint.mint(alice, changes)}`);
    return undefined;
  } catch (error) {
    if (error instanceof PostgrestError) return error.message;
    throw error;
  }
}

describe("who asks", () => {
  it("is asked for the time of a token that was good before", async () => {
    let at = now;
    const known = createIdentify({ ...options, clock: { now: () => at * 1000 } });
    const authorization = `Bearer ${await mint.mint(alice, { exp: now + 60 })}`;
    expect(await known(authorization)).toMatchObject({ role: "authenticated" });
    at += 3600;
    await expect(known(authorization)).rejects.toThrow("JWT expired");
  });

  it("is a user with a good token, whatever the case of the scheme", async () => {
    expect(await asks("alice")).toMatchObject({
      role: "authenticated",
      claims: { sub: alice.id, role: "authenticated" },
    });
    expect(await asks("lowerbearer")).toMatchObject({ role: "authenticated" });
  });

  it("is nobody without a bearer token, or with one that names no role", async () => {
    expect(await asks("anon")).toEqual({ role: "anon", claims: { role: "anon" } });
    expect(await asks("basic")).toMatchObject({ role: "anon" });
    expect(await asks("bare")).toMatchObject({ role: "anon" });
    expect(await asks("norole")).toMatchObject({ role: "anon", claims: { sub: alice.id, role: "anon" } });
  });

  it("is refused with a token of another key or a changed one", async () => {
    const message = "No suitable key or wrong key type";
    const noneFits = "None of the keys was able to decode the JWT";
    expect(await asks("tampered")).toMatchObject({ code: "PGRST301", message, details: noneFits });
    expect(await asks("foreignsig")).toMatchObject({ code: "PGRST301", message, details: noneFits });
    expect(await asks("foreignkey")).toMatchObject({ details: "No suitable key was found to decode the JWT" });
  });

  it("is refused without a signature", async () => {
    const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.e30.`;
    await expect(identify(`Bearer ${unsigned}`)).rejects.toMatchObject({
      message: "Wrong or unsupported encoding algorithm",
    });
  });
});

describe("a token is judged by its claims", () => {
  it("within thirty seconds", async () => {
    expect(await refusal({ exp: now - 30 })).toBeUndefined();
    expect(await refusal({ exp: now - 31 })).toBe("JWT expired");
    expect(await refusal({ nbf: now + 30 })).toBeUndefined();
    expect(await refusal({ nbf: now + 31 })).toBe("JWT not yet valid");
    expect(await refusal({ iat: now + 31 })).toBe("JWT issued at future");
  });

  it("of the right type", async () => {
    expect(await asks("badexp")).toEqual({
      code: "PGRST303",
      message: "The JWT 'exp' claim must be a number",
      details: null,
      challenge: `Bearer error="invalid_token", error_description="The JWT 'exp' claim must be a number"`,
    });
    expect(await refusal({ aud: 5 })).toBe("The JWT 'aud' claim must be a string or an array of strings");
    expect(await refusal({ aud: ["a", "b"] })).toBeUndefined();
  });
});

it("reads the token of a bearer header only", () => {
  expect(bearerToken("Bearer a.b.c")).toBe("a.b.c");
  expect(bearerToken("bearer   a")).toBe("a");
  expect(bearerToken("Bearer")).toBe("");
  expect(bearerToken("Bearers a")).toBeUndefined();
  expect(bearerToken(null)).toBeUndefined();
});
