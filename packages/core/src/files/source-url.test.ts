import { expect, it } from "vitest";
import { httpUrl, isUrl, sourceUrl } from "./source-url.ts";

it.each([
  ["https://x/a b", "http", "https://x/a%20b"],
  ["HTTP://x", "http", "http://x/"],
  ["data:,a b", "data", "data:,a b"],
  ["blob:nodedata:1", "blob", "blob:nodedata:1"],
  ["FILE:///tmp/a", "file", "file:///tmp/a"],
])("%s is a URL", (text, scheme, href) => {
  expect(sourceUrl(text, "uploadFile")).toEqual({ scheme, href });
  expect(sourceUrl(new URL(text), "uploadFile")).toMatchObject({ scheme });
  expect(httpUrl(text, "uploadFile")).toBe(scheme === "http" ? href : undefined);
});

it.each(["a.png", "./a", "/a", "C:\\a.png", "c:/a.png", "data", "files:a", "https", ""])("%j is a path", (text) => {
  expect(sourceUrl(text, "uploadFile")).toBeUndefined();
});

it.each(["http://", "https://[", "file://[", "s3://bucket/a", "ftp://x/a", new URL("mailto:a@x")])(
  "%s is refused",
  (source) => {
    expect(() => sourceUrl(source, "uploadFile")).toThrowError(
      expect.objectContaining({ name: "InvalidArgumentError" }),
    );
  },
);

it("knows a URL object by its tag, and not what a parser made of a stranger's words", () => {
  expect(isUrl(JSON.parse('{"href":"file:///etc/passwd","protocol":"file:"}'))).toBe(false);
  expect([null, undefined, 7, "https://x"].map(isUrl)).toEqual([false, false, false, false]);
});
