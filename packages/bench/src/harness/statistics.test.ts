import { describe, expect, it } from "vitest";
import { ratioOf, spreadOf } from "./statistics.ts";

describe("spreadOf", () => {
  it("takes the middle of an odd number of samples, whatever their order", () => {
    expect(spreadOf([9, 1, 10])).toEqual({ median: 9, min: 1, max: 10, samples: [9, 1, 10] });
  });

  it("takes the mean of the middle two of an even number", () => {
    expect(spreadOf([4, 1, 2, 100]).median).toBe(3);
  });

  it("sorts numbers as numbers", () => {
    expect(spreadOf([100, 20, 3]).median).toBe(20);
  });

  it("refuses to summarise nothing", () => {
    expect(() => spreadOf([])).toThrow(/nothing/);
  });
});

describe("ratioOf", () => {
  it("compares round with round, so that a slow round of both changes nothing", () => {
    expect(ratioOf([50, 5, 50], [100, 10, 100])).toMatchObject({ median: 0.5, min: 0.5, max: 0.5 });
  });

  it("refuses rounds that do not pair up", () => {
    expect(() => ratioOf([1, 2], [1])).toThrow(/rounds/);
  });
});
