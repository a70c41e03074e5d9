import { describe, expect, it } from "vitest";
import { isSessionToken } from "./session-token.ts";

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("a credential is a token", () => {
  it.each([
    [`${part({ alg: "ES256" })}.${part({ sub: "u" })}.c2ln`, true],
    [`${part({ alg: "ES256" })}.${part({ sub: "u" })}`, false],
    [`${part("text")}.${part({ sub: "u" })}.c2ln`, false],
    ["flo_key.with.dots", false],
    ["", false],
  ])("%s: %s", (credential, expected) => expect(isSessionToken(credential)).toBe(expected));
});
