import { parse } from "content-disposition";
import { expect, it } from "vitest";
import { lastSegment, nameOfDownload, splitExtension } from "./file-name.ts";
import { mimeTypeOf } from "./mime-types.ts";

const readDisposition = (header: string): unknown => parse(header).parameters.filename;

it.each([
  ["picture.png", "picture", ".png"],
  ["archive.tar.gz", "archive.tar", ".gz"],
  ["Photo.JPEG", "Photo", ".JPEG"],
  ["clip.mp4", "clip", ".mp4"],
  ["old.3GP", "old", ".3GP"],
  ["all.7z", "all", ".7z"],
  ["flux 1.1", "flux 1.1", undefined],
  ["2026.09.30", "2026.09.30", undefined],
  ["image-v1.5", "image-v1.5", undefined],
  ["v1.5b", "v1.5b", undefined],
  [".env", ".env", undefined],
  ["a.", "a.", undefined],
  ["folder.d/name", "folder.d/name", undefined],
])("%s has the stem %s and the extension %s", (name, stem, extension) => {
  expect(splitExtension(name)).toEqual({ stem, extension });
});

it("tells a type by an extension only", () => {
  expect(["a.MOV", "jpeg", "a.1.1", "a.jfif"].map(mimeTypeOf)).toEqual([
    "video/quicktime",
    undefined,
    undefined,
    "image/jpeg",
  ]);
});

it.each([
  ["a/b.png", "b.png"],
  ["C:\\me\\b.png", "b.png"],
  ["b.png", "b.png"],
  ["a/", undefined],
  ["a/..", undefined],
  ["", undefined],
])("the last segment of %j is %j", (path, last) => {
  expect(lastSegment(path)).toBe(last);
});

it.each([
  ['attachment; filename="a b.png"', "a b.png"],
  ["attachment; filename=plain.png; filename*=UTF-8''na%C3%AFve.png", "naïve.png"],
  ['attachment; filename="../../etc/passwd"', "passwd"],
  ['attachment; filename=".."', "cat 1.png"],
  ["inline", "cat 1.png"],
  // UTF-8, as it looks in a header that is read as Latin-1; and Latin-1 itself.
  ['attachment; filename="na\u00c3\u00afve \u00e4\u00ba\u00ac.png"', "naïve 京.png"],
  ['attachment; filename="na\u00efve.png"', "naïve.png"],
  ['attachment; filename="na%C3%AFve%20a%2Fb.png"', "b.png"],
  ['attachment; filename="100% sure.png"', "100% sure.png"],
  ["attachment; filename*=UTF-8''%E0%A4%A", "cat 1.png"],
])("a host's name for a file is read from %s", (header, name) => {
  const headers = new Headers({ "content-disposition": header });
  expect(nameOfDownload({ url: "https://x/a/cat%201.png?w=1", headers }, readDisposition)).toBe(name);
});

it("a file that nobody names has no name", () => {
  for (const url of ["https://x", "https://x/a/", "https://x/%2e%2e%2f", ""]) {
    expect(nameOfDownload({ url, headers: new Headers() }, readDisposition)).toBeUndefined();
  }
});
