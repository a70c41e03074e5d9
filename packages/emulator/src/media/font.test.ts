import { expect, it } from "vitest";
import { glyphOf, wrap } from "./font.ts";

it("has a glyph for every character, a box where the font has none", () => {
  expect(glyphOf("A")).toEqual([0x7e, 0x11, 0x11, 0x11, 0x7e]);
  expect(glyphOf("é")).toEqual(glyphOf("e"));
  expect(glyphOf("京")).toEqual([0x7f, 0x41, 0x41, 0x41, 0x7f]);
});

it("wraps at words and cuts what does not fit", () => {
  expect(wrap("a ripe banana on marble", 12, 5)).toEqual(["a ripe", "banana on", "marble"]);
  expect(wrap("a ripe banana on marble", 12, 2)).toEqual(["a ripe", "banana on..."]);
  expect(wrap("  ", 12, 2)).toEqual([]);
});
