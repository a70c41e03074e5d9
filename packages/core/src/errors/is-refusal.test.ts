import { expect, it } from "vitest";
import { APIError } from "./api-error.ts";
import { ConnectionError } from "./connection-error.ts";
import { isRefusal } from "./is-refusal.ts";

it.each([
  [0, false],
  [307, false],
  [400, true],
  [401, true],
  [404, true],
  [408, false],
  [422, true],
  [429, false],
  [499, true],
  [500, false],
])("takes the status %i for a refusal: %s", (status, expected) => {
  expect(isRefusal(new APIError("x", { status, headers: new Headers(), body: undefined }))).toBe(expected);
});

it("takes no other error for one", () => {
  expect(isRefusal(new ConnectionError("x"))).toBe(false);
  expect(isRefusal(Object.assign(new Error("x"), { status: 404 }))).toBe(false);
});
