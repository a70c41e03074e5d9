import { expect, it } from "vitest";
import { givenSession } from "./given-session.ts";
import { base64url } from "./testing/session-harness.ts";

const EXP = 1_900_000_000;
const accessToken = `${base64url({ alg: "ES256" })}.${base64url({ sub: "alice", exp: EXP })}.secret`;
const refreshToken = "secretsecret";
const session = { accessToken, refreshToken, expiresAtMs: EXP * 1000, userId: "alice" };
const webApp = { access_token: accessToken, refresh_token: refreshToken, expires_in: 3600, user: { name: "“Annie”" } };

it.each<[string, unknown]>([
  ["its tokens", { accessToken, refreshToken }],
  ["its tokens with blanks around", { accessToken: ` ${accessToken}\n`, refreshToken: `\u200b${refreshToken} ` }],
  ["a whole session", { ...session, clockSkewMs: 3_600_000 }],
  ["what the web app keeps", webApp],
  ["its text", JSON.stringify(webApp)],
  ["its text, over several lines, with a BOM", `\ufeff${JSON.stringify(webApp, null, 2)}\n`],
  ["the text of a whole session", JSON.stringify(session)],
])("is read from %s", (_what, given) => {
  expect(givenSession(given)).toEqual(session);
});

it("needs one of the tokens only", () => {
  expect(givenSession({ accessToken })).toEqual({ ...session, refreshToken: undefined });
  expect(givenSession({ ...webApp, refresh_token: null })).toEqual({ ...session, refreshToken: undefined });
  expect(givenSession({ refreshToken })).toMatchObject({ accessToken: "", refreshToken });
});

it.each<[unknown, string]>([
  [{}, "pass accessToken, refreshToken or both"],
  [{ accessToken: " ", refreshToken: "" }, "pass accessToken, refreshToken or both"],
  [undefined, "Expected Object, not undefined"],
  [[accessToken], "Expected an object, not an array"],
  [{ accessToken: 7 }, 'option "accessToken": Expected string, not 7'],
  [{ accessToken: `${accessToken}\0` }, "NUL"],
  [{ token: accessToken }, 'there is no option "token"'],
  [{ ...webApp, refreshToken }, "in two forms"],
])("%j is an InvalidArgumentError", (given, words) => {
  expect(() => givenSession(given)).toThrow(expect.objectContaining({ name: "InvalidArgumentError" }));
  expect(() => givenSession(given)).toThrow(words);
});

const json = JSON.stringify(webApp);

it.each<[unknown, string]>([
  [{ accessToken: `Bearer ${accessToken}` }, "Bearer"],
  [{ accessToken: `“${accessToken}”` }, "typographic"],
  [{ accessToken: `${accessToken};` }, "semicolon"],
  [{ accessToken: refreshToken }, "pass it as refreshToken"],
  [{ accessToken: json }, "whole JSON object"],
  [{ refreshToken: accessToken }, "pass it as accessToken"],
  [{ refreshToken: `'${refreshToken}'` }, "quotes"],
  [{ refreshToken: `${refreshToken},` }, "comma"],
  [accessToken, "pass { accessToken }"],
  [refreshToken, "pass { refreshToken }"],
  ["", "It is empty"],
  ["null", "missing value"],
  ["[object Object]", "missing value"],
  ["base64-secret", "cookie"],
  [`'${json}'`, "quotes"],
  [JSON.stringify(json), "quotes"],
  [json.replaceAll('"', "“"), "typographic quotes"],
  [`${json};`, "semicolon"],
  [json.slice(0, -5), "cut off"],
  ['{"user":"secret"}', "no access_token"],
  ['sb-x-auth-token {"access_token":"secret"}', "pasted along"],
])("%j is an AuthenticationError with a hint, and not shown", (given, hint) => {
  let thrown: unknown;
  try {
    givenSession(given);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({ name: "AuthenticationError", message: expect.stringContaining(hint) });
  expect(`${thrown}${JSON.stringify(thrown)}`).not.toContain("secret");
});
