import { expect, it } from "vitest";
import { shown } from "./shown.ts";

it.each([
  ["assistent", '"assistent"'],
  ["of eyJhbGciOi.eyJzdWIi.c2ln", '"of [token]"'],
  [7, "7"],
  [null, "null"],
  [[1], "an array"],
  [{ token: "secret" }, "object"],
])("shows what a caller gave: %j", (value, text) => {
  expect(shown(value)).toBe(text);
});

it("cuts a text at 60 characters, none of them in the middle", () => {
  expect(shown("😀".repeat(60))).toBe(`"${"😀".repeat(60)}"`);
  expect(shown("😀".repeat(61))).toBe(`"${"😀".repeat(59)}…"`);
  expect(shown(`${"a".repeat(58)}${"😀".repeat(1_000)}`)).toBe(`"${"a".repeat(58)}😀…"`);
  // A token that the cut would go through is blanked first.
  expect(shown(`${"a".repeat(50)} eyJhbGciOi.eyJzdWIi.c2ln`)).toBe(`"${"a".repeat(50)} [token]"`);
});
