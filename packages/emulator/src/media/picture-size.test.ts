import { expect, it } from "vitest";
import { pictureSize } from "./picture-size.ts";
import { clipSize } from "./video/clip.ts";

it.each([
  ["1:1", "512", 512, 512],
  ["16:9", "512", 683, 384],
  ["9:16", "1k", 768, 1365],
  ["1:1", "4k", 4096, 4096],
  ["21:9", "4k", 4096, 1755],
  ["1024x1536", "512", 1024, 1536],
])("makes a picture of %s at %s %d x %d", (ratio, size, width, height) => {
  expect(pictureSize(ratio, size)).toEqual({ width, height });
});

it.each([
  ["wide", "512"],
  ["0:1", "512"],
  ["100:1", "512"],
  ["1:1", "big"],
])("knows no picture of %s at %s", (ratio, size) => {
  expect(pictureSize(ratio, size)).toBeUndefined();
});

it("makes clips in whole macroblocks", () => {
  expect(clipSize("16:9")).toEqual({ width: 320, height: 176 });
  expect(clipSize("9:16")).toEqual({ width: 176, height: 320 });
  expect(clipSize("1:1")).toEqual({ width: 240, height: 240 });
  expect(clipSize("9:1")).toBeUndefined();
});
