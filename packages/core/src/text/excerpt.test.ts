import { expect, it } from "vitest";
import { excerpt } from "./excerpt.ts";

it("shows 60 characters at most, from the end that says the most", () => {
  expect(excerpt("short")).toBe("short");
  expect(excerpt(`${"a".repeat(60)}`)).toBe("a".repeat(60));
  expect(excerpt(`data:${"a".repeat(6_000_000)}`)).toBe(`data:${"a".repeat(54)}…`);
  expect(excerpt(`/${"a".repeat(100)}/cat.png`, "end")).toBe(`…${"a".repeat(51)}/cat.png`);
});

it("counts characters, and cuts none of them in half", () => {
  expect(excerpt("🐉".repeat(61))).toBe(`${"🐉".repeat(59)}…`);
  expect(excerpt("🐉".repeat(61), "end")).toBe(`…${"🐉".repeat(59)}`);
});

it("shows no token, no password and no second line, wherever the cut is", () => {
  const token = `eyJhbGciOiJIUzI1NiJ9.${"cGF5bG9hZA".repeat(100)}.c2ln`;
  expect(excerpt(`/files/${token}`)).toBe("/files/[token]");
  expect(excerpt(`${"x".repeat(50)}/${token}`)).not.toMatch(/eyJ|cGF5/);
  expect(excerpt("http://ann:hunter2@host/x")).toBe("http://[redacted]@host/x");
  expect(excerpt("one\r\ntwo\u202e")).toBe("one\ufffd\ufffdtwo\ufffd");
});
