import { expect, it } from "vitest";
import { jsonFault } from "./nul-fault.ts";

it("finds a NUL in depth, and not what only looks like its escape", () => {
  expect(jsonFault({ a: ["\\u0000", "\\\\u0000"] })).toBeUndefined();
  expect(jsonFault("x\0")).toMatch(/at index 1$/);
  expect(jsonFault({ a: [{ b: "x\0" }] })).toMatch(/at index 1 of a\.0\.b$/);
  expect(jsonFault({ "x\0": 1 })).toMatch(/at index 1 of a key of it$/);
  expect(jsonFault({ toJSON: () => ({ a: "\0" }) })).toMatch(/at index 0 of a$/);
});

it("says of what JSON cannot hold that it is so, and leaves what is merely absent", () => {
  expect(jsonFault(1n)).toBe("Expected what JSON can hold");
  expect(jsonFault(undefined)).toBeUndefined();
});
