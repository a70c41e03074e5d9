import { expect, it } from "vitest";
import { redact } from "./redact.ts";

it.each([
  ["Bearer abcdefgh12345678 was refused", "Bearer [redacted] was refused"],
  ['{"refresh_token":"abcdefgh1234"}', '{"refresh_token":"[redacted]"}'],
  ["no such token abcdefgh1234", "no such token [redacted]"],
  ["of eyJhbGciOi.eyJzdWIi.c2ln here", "of [token] here"],
])("blanks what looks like a token in %j", (text, blanked) => {
  expect(redact(text)).toBe(blanked);
});

it.each(["Missing token allowance", "Token exhausted. Buy more", "A token quantity of 5", "token expired"])(
  "leaves what is said of tokens: %s",
  (words) => {
    expect(redact(words)).toBe(words);
  },
);

it("leaves the words of our own messages, of a request to /token too", () => {
  const message = "POST /auth/v1/token answered 400: Invalid login credentials.";
  expect(redact(message)).toBe(message);
});
