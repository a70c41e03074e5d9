import { describe, expect, it } from "vitest";
import { ratioOf, slopeOf, spreadOf } from "./statistics.ts";

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

describe("slopeOf", () => {
  it("tells by how much y rises for each x, also where the x are not evenly apart", () => {
    expect(
      slopeOf([
        [0, 1],
        [10, 21],
        [50, 101],
      ]),
    ).toBe(2);
  });

  it("is not tilted by a reading that is off, be it the last", () => {
    const flat = Array.from({ length: 9 }, (_, x) => [x, 5] as const);
    expect(slopeOf([...flat, [9, 1000]])).toBe(0);
  });

  it("refuses to draw a line through one point", () => {
    expect(() => slopeOf([[1, 1]])).toThrow(/nothing/);
  });
});
