import { expect, it } from "vitest";
import { redact } from "./redact.ts";

it.each([
  ["Bearer abcdefgh12345678 was refused", "Bearer [redacted] was refused"],
  ['{"refresh_token":"abcdefgh1234"}', '{"refresh_token":"[redacted]"}'],
  ["no such token abcdefgh1234", "no such token [redacted]"],
  ["GET http://ann:pass@host/x failed", "GET http://[redacted]@host/x failed"],
  ["s3://key:se@cret@bucket", "s3://[redacted]@bucket"],
  ["of eyJhbGciOi.eyJzdWIi.c2ln here", "of [token] here"],
  ["cut: eyJhbGciOi.eyJzdWIiOiJh", "cut: [token]"],
  ["at https://me:secret@host/x", "at https://[redacted]@host/x"],
  ['{"email":"a@b.c","password":"hunter2222"}', '{"email":"a@b.c","password":"[redacted]"}'],
])("blanks what looks like a token in %j", (text, blanked) => {
  expect(redact(text)).toBe(blanked);
});

it.each(["Missing token allowance", "Token exhausted. Buy more", "A token quantity of 5", "token expired"])(
  "leaves what is said of tokens: %s",
  (words) => {
    expect(redact(words)).toBe(words);
  },
);

it("leaves an @ that belongs to no host's user", () => {
  const text = 'http://host/@ann and {"url":"https://host","mail":"ann@host"}';
  expect(redact(text)).toBe(text);
});

it("leaves the words of our own messages, of a request to /token too", () => {
  const message = "POST /auth/v1/token answered 400: Invalid login credentials.";
  expect(redact(message)).toBe(message);
});

it("looks at the beginning only, and leaves no half of what its end cuts through", () => {
  const secret = "Bearer abcdefgh12345678";
  expect(redact(`${" ".repeat(8_175)}${secret}`)).not.toContain("abcdefgh");
  for (const long of ["token", "token ", "token:", " ", "eyJ", "a://", "Bearer "]) {
    expect(redact(`token${long.repeat(40_000)}`).length).toBeLessThanOrEqual(8_192 * 2);
  }
});
