import { expect, it } from "vitest";
import { createFlowith } from "../src/index.ts";

it.each<[settings: unknown, words: RegExp]>([
  [null, /settings must be an object, not null/],
  [5, /settings must be an object, not a number/],
  [[], /settings must be an object, not an array/],
  [{ specificationVersion: "v2" }, /specificationVersion must be "v4" for ai 7.*"v3" for ai 6/],
  [{ specificationVersion: null }, /specificationVersion must be/],
  [{ toolBridge: 1, specificationVersion: "v3" }, /toolBridge must be true or false, not a number/],
  [{ apiKey: "flo_x", store: {} }, /apiKey and store exclude each other/],
])("createFlowith(%j) is refused at once, in words", (settings, words) => {
  const make = () => Reflect.apply(createFlowith, undefined, [settings]);
  expect(make).toThrow(words);
  expect(make).toThrow(expect.objectContaining({ name: "AI_InvalidArgumentError" }));
});
