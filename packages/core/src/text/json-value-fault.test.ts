import { expect, it } from "vitest";
import { jsonValueFault } from "./json-value-fault.ts";

const size = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length;

it.each([
  ["", 'é\n"', 0, -1.5e21, true, null, [], {}, [[]], { a: [] }],
  [{ a: 1, b: [1, 2, "x"], é: { "\u2028": null } }],
  [Object.create(null)],
])("counts the bytes as JSON.stringify makes them: %j", (...values) => {
  for (const value of values) {
    expect(jsonValueFault(value, size(value))).toBeUndefined();
    expect(jsonValueFault(value, size(value) - 1)).toMatch(/^Expected at most -?\d+ bytes as JSON$/);
  }
});

it("takes one object in two places for no circle", () => {
  const shared = { a: 1 };
  expect(jsonValueFault([shared, { shared }], 100)).toBeUndefined();
});

it("ends early with what is deep, long or shared a million times", () => {
  let deep: unknown = 1;
  for (let depth = 0; depth < 1_000_000; depth++) deep = [deep];
  let wide: unknown = 1;
  for (let depth = 0; depth < 64; depth++) wide = [wide, wide];
  for (const value of [deep, wide, "x".repeat(10_000_000), { ["k".repeat(5_000)]: 1 }])
    expect(jsonValueFault(value, 4_096)).toBe("Expected at most 4096 bytes as JSON");
});

it.each([
  [[1, Array(2)], "undefined at [1][0]"],
  [
    {
      get a(): number {
        throw new Error("no");
      },
    },
    "an object that throws when it is read",
  ],
  [Object.create({ inherited: 1 }), "an instance of Object"],
  [Object.create(Object.assign(Object.create(null), { toJSON: () => 1 })), "an object with toJSON()"],
  [new (class {})(), "an instance of a class"],
  [new (class List extends Array {})(), "an instance of List"],
  [{ a: { "b c": [new Boolean(true)] } }, 'an instance of Boolean at a["b c"][0]'],
])("says what is wrong, and where: %#", (value, words) => {
  expect(jsonValueFault(value, 100)).toBe(`Expected what JSON can hold, not ${words}`);
});
