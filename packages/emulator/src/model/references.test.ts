import { expect, it } from "vitest";
import { takeReferences } from "./references.ts";

const url = "http://localhost:4000/files/1/notes%20%5Bv2%5D.md";

it.each(["notes.md", "notes [v2].md", "a|b.md", "a]].md", "[[a", "bracket ]|[.md"])(
  "finds a file labelled %s",
  (label) => {
    const found = takeReferences(`Read this. [[file:md|${label}|${url}]]`);
    expect(found).toEqual({ text: "Read this.", urls: [url] });
  },
);

it("finds pictures with brackets in their names and parentheses in their addresses, and all of several", () => {
  const text = `![a [1].png](http://h/a(1).png) and ![b](http://h/b.png)\n[[file:md|x|${url}]][[file:md|y|${url}]]`;
  expect(takeReferences(text)).toEqual({ text: "and", urls: [url, url, "http://h/a(1).png", "http://h/b.png"] });
});

it("leaves alone what only begins like one", () => {
  const text = "[[file:a|b]] ![x] (y) [[file: ![";
  expect(takeReferences(text)).toEqual({ text, urls: [] });
});

it("reads a text only once, however many references could begin in it", { timeout: 10_000 }, () => {
  // where each opening is searched for its end, this takes minutes
  for (const opening of ["[[file:", "![", "![]("]) {
    expect(takeReferences(opening.repeat(200_000)).urls).toEqual([]);
  }
});
