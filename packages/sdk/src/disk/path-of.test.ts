import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import { expect, it } from "vitest";
import { pathOf } from "./path-of.ts";

it("takes paths as they are, and file: URLs in any letters", () => {
  for (const path of ["a.png", "./a b.png", "C:\\a.png", "a:b", "http", "file"])
    expect(pathOf("save", path)).toBe(path);
  const path = resolve("a b#.png");
  const { href } = pathToFileURL(path);
  expect(pathOf("save", href)).toBe(path);
  expect(pathOf("save", href.replace("file:", "FILE:"))).toBe(path);
});

it.each([
  "file:///tmp/a%2Fb",
  "file://ann:hunter2@srv/a",
  "file:///tmp/%E0%A4%A",
  "file:///tmp/a%00b",
  "http://ann:hunter2@host/a",
  "s3://bucket/a",
  "data:image/png;base64,AAAA",
  "blob:nodedata:1",
  "a\0b",
])("refuses %j by an error of ours, which shows no password", (given) => {
  let error: unknown;
  try {
    pathOf("save", given);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({ name: "InvalidArgumentError", message: expect.stringMatching(/^save: /) });
  // As `console.log` shows it, with its cause.
  expect(inspect(error)).not.toContain("hunter2");
});
