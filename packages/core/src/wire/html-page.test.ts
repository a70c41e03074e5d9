import { expect, it } from "vitest";
import { isPageByStart, isPageByType } from "./html-page.ts";

it.each([
  ["text/html", true],
  ["Text/HTML; charset=utf-8", true],
  ["application/xhtml+xml", true],
  ["text/plain;charset=UTF-8", false],
  ["text/htmlish", false],
  ["", undefined],
])("knows a page by its type: %j", (type, isPage) => {
  expect(isPageByType(new Headers({ "content-type": type }))).toBe(isPage);
});

it("says nothing where there is no type", () => {
  expect(isPageByType(new Headers())).toBeUndefined();
});

it.each([
  ["\n <!DOCTYPE html><html>", true],
  ["<html lang='pl'>", true],
  ["", undefined],
  ["  ", undefined],
  ["<!doc", undefined],
  ["<ht", undefined],
  ["<think>", false],
  ["<hr> is a line", false],
  ["Hello", false],
])("knows a page by its start: %j", (text, isPage) => {
  expect(isPageByStart(text)).toBe(isPage);
});
