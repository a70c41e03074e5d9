import { expect, it } from "vitest";
import { pasteAccident, trimmed } from "./paste-accident.ts";

it.each([
  ['"eyJ.secret.x"', "quotes"],
  ["eyJ.secret.x'", "quotes"],
  ["Bearer eyJ.secret.x", "Bearer"],
  ["bearer", "Bearer"],
  ['{"access_token":"eyJ.secret.x"}', "JSON object"],
  ["base64-secret", "cookie"],
  ["undefined", "not set"],
  ["[object Object]", "not set"],
  ["FLOWITH_TOKEN=eyJ.secret.x", "variable"],
  ["eyJ.secret\n.x", "line break"],
  ["“eyJ.secret.x”", "typographic quotes"],
  ["eyJ.secret.x’", "typographic quotes"],
  ["„secret“", "typographic quotes"],
  ["«secret»", "typographic quotes"],
  ["{“access_token”:“eyJ.secret.x”}", "typographic quotes"],
  ["eyJ.secret.x;", "semicolon"],
  ["eyJ.secret.x,", "comma"],
  ['"eyJ.secret.x",', "quotes, and ends with a semicolon or a comma"],
  ["eyJ.secret\u200b.x", "cannot be seen"],
])("%j is hinted at, and not shown", (secret, word) => {
  const hint = pasteAccident(secret) ?? "";
  expect(hint).toContain(word);
  expect(hint).not.toContain("secret");
});

it.each(["eyJhbGciOi.J9-_.x", "abcdefghijkl", "c2VjcmV0Cg==", "sb_publishable_x"])(
  "%j is as it should be",
  (secret) => {
    expect(pasteAccident(secret)).toBeUndefined();
  },
);

it("takes away what cannot be seen around a secret", () => {
  expect(["\ufeffx", "\u200bx\u2060", "\u200b"].map(trimmed)).toEqual(["x", "x", undefined]);
});

it("leaves nothing of what is blank", () => {
  expect([" x\r\n", " \n", "", undefined].map(trimmed)).toEqual(["x", undefined, undefined, undefined]);
});
