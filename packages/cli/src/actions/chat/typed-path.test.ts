import { expect, it } from "vitest";
import { typedPath } from "./typed-path.ts";

it.each([
  ["a b.png", "/work/a b.png"],
  ["'a b.png'", "/work/a b.png"],
  ['"a b.png"', "/work/a b.png"],
  ["a\\ b.png", "/work/a b.png"],
  ["~/a.png", "/home/alice/a.png"],
  ["~", "/home/alice"],
  ["/etc/hosts", "/etc/hosts"],
  ["../a.png", "/a.png"],
  ["https://example.com/a.png", "https://example.com/a.png"],
])("takes %s for %s", (typed, path) => {
  expect(typedPath({ cwd: "/work", env: { HOME: "/home/alice" } }, typed)).toBe(path);
});
