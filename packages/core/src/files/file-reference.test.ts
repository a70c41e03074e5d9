import fc from "fast-check";
import { expect, it } from "vitest";
import { fileReference } from "./file-reference.ts";
import { multipartFrame } from "./multipart-body.ts";

/** Many of them in the deep tier, which runs this file as well. */
const numRuns = expect.getState().testPath?.endsWith(".deep.test.ts") ? 10_000 : 500;

/** Names of every kind, and those that would break out of something. */
const names = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        "]]",
        "[[",
        "|",
        "/",
        "\\",
        "..",
        ".",
        "\r\n",
        "\0",
        '"',
        ";",
        "\u2028",
        "\u202e",
        "file:",
        "a",
        ".md",
        "%22",
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join("")),
);

it("replaces what would end a part of it, and folders", () => {
  const url = "https://files.example/a]]b|c";
  expect(fileReference({ fileType: "md", filename: "docs/notes [v2].md" }, url)).toBe(
    "[[file:md|notes _v2_.md|https://files.example/a%5D%5Db%7Cc]]",
  );
  expect(fileReference({ fileType: "bin", filename: "../.." }, url)).toMatch(/^\[\[file:bin\|file\|/);
});

it("is one line with three parts, whatever a file is called", () => {
  fc.assert(
    fc.property(
      names,
      names,
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      (filename, fileType, url) => {
        const reference = fileReference({ filename, fileType }, url);
        expect(reference).toMatch(
          /^\[\[file:[^[\]|\p{Cc}\u2028\u2029]*\|[^[\]|/\\\p{Cc}\u2028\u2029]+\|[^[\]|\s]+\]\]$/u,
        );
        expect(reference.isWellFormed()).toBe(true);
      },
    ),
    { numRuns },
  );
});

it("a name stays in its own field of the form, whatever is in it", async () => {
  await fc.assert(
    fc.asyncProperty(names, names, async (filename, fileType) => {
      const { head, tail, contentType } = multipartFrame({ filename, mimeType: "image/png", fileType });
      const body = new Blob([head, "bytes", tail]);
      const form = await new Response(body, { headers: { "content-type": contentType } }).formData();
      expect([...form.keys()]).toEqual(["file", "type"]);
      const file = form.get("file");
      expect(file instanceof File && [file.type, file.size]).toEqual(["image/png", 5]);
      expect(form.get("type")).toBe(fileType.toWellFormed());
    }),
    { numRuns },
  );
});
