import { expect, it } from "vitest";
import { findSimilar, mostSimilar } from "./fuzzy-set.ts";

it("suggests the name that was meant", () => {
  expect(mostSimilar(["films", "actors"], "film")).toBe("films");
  expect(mostSimilar(["directors", "roles", "actors"], "role")).toBe("roles");
  expect(mostSimilar(["test", "another"], "other")).toBe("another");
  expect(mostSimilar(["(name, param, val)", "(attr, id)"], "(nam, pqaram, vall)")).toBe("(name, param, val)");
});

it("suggests nothing when nothing is close", () => {
  expect(mostSimilar(["directors", "roles", "actors"], "noclosealternative")).toBeUndefined();
});

it("tells an exact match, whatever the case", () => {
  expect(findSimilar(["Films"], "films")).toEqual([{ value: "Films", similarity: 1 }]);
});
