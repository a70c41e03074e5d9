import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { MediaDownload } from "@flowith-webapi/core";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { nodeDisk } from "../disk/node-disk.ts";
import { saveFile } from "../disk/save-file.ts";
import { saveToBucket } from "./save-to-bucket.ts";
import { saveToFolder } from "./save-to-folder.ts";

/** Many of them in the deep tier, which runs this file as well. */
const numRuns = expect.getState().testPath?.endsWith(".deep.test.ts") ? 10_000 : 500;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "flowith-names-"));
});

afterAll(() => rm(folder, { recursive: true }));

const pieces = fc.constantFrom(
  ...'/ \\ .. . : | ? * " < > - ~ % %2e %2f %5c %00 con nul lpt1 desktop.ini .exe .png .lnk a é 京 🐉'.split(" "),
  " ",
  "\r\n",
  "\0",
  "\u202e",
  "\u200b",
  "\ud800",
  "x".repeat(300),
);
const names = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.array(pieces, { maxLength: 10 }).map((parts) => parts.join("")),
);

/** A picture whose host calls it so, in the way that is drawn. */
const hosts = fc.record({
  name: names,
  way: fc.constantFrom("caller", "header", "extended header", "url"),
  type: fc.constantFrom("image/png", "application/octet-stream", "text/plain", ""),
});

type Host = typeof hosts extends fc.Arbitrary<infer T> ? T : never;

function named({ name, way, type }: Host): { download: () => Promise<MediaDownload>; filename: string | undefined } {
  const encoded = encodeURIComponent(name.toWellFormed());
  const headers = new Headers(type === "" ? {} : { "content-type": type });
  const plain = name.replace(/[^\x20-\x7e]/g, "_").replace(/["\\]/g, "\\$&");
  if (way === "header") headers.set("content-disposition", `attachment; filename="${plain}"`);
  if (way === "extended header") headers.set("content-disposition", `attachment; filename*=UTF-8''${encoded}`);
  const url = `https://files.example/a/${way === "url" ? encoded : "cat"}`;
  const body = (): ReadableStream<Uint8Array> => new Blob(["bytes"]).stream();
  const filename = way === "caller" && name.trim() !== "" ? name : undefined;
  return { download: async () => ({ url, headers, body: body() }), filename };
}

/** No path, no option, nothing that a system reserves, and nothing that makes it look like another. */
function expectPlain(name: string, type: string): void {
  expect(name).toMatch(/^[^-.\s/\\:|?*"<>\p{Cc}\p{Bidi_C}][^/\\:|?*"<>\p{Cc}\p{Bidi_C}]*(?<![.\s])$/u);
  expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)( *\.|$)/i);
  expect(name).not.toMatch(/^(desktop\.ini|autorun\.inf|thumbs\.db)$/i);
  expect(name.isWellFormed()).toBe(true);
  expect(new TextEncoder().encode(name).byteLength).toBeLessThan(240);
  if (type === "image/png") expect(name).toMatch(/\.[a-z0-9]{1,10}$/i);
}

it("a saved file lies in its folder, whatever it is called", async () => {
  await fc.assert(
    fc.asyncProperty(hosts, async (host) => {
      const { download, filename } = named(host);
      const { location } = await saveFile(nodeDisk, download, folder, { filename, overwrite: true });
      expect(dirname(location)).toBe(folder);
      expectPlain(location.slice(folder.length + 1), host.type);
      expect((await stat(location)).size).toBe(5);
      await rm(location);
    }),
    { numRuns },
  );
  expect(await readdir(folder)).toEqual([]);
});

it("what goes into a bucket or a directory handle has one plain name, whatever it is called", async () => {
  await fc.assert(
    fc.asyncProperty(hosts, async (host) => {
      const { download, filename } = named(host);
      const asked: string[] = [];
      const bucket = {
        put: async (key: string, value: ReadableStream<Uint8Array>) => {
          asked.push(key);
          await new Response(value).arrayBuffer();
        },
      };
      await saveToBucket(bucket, download, { filename });
      const handles = {
        getFileHandle: async (name: string, options?: { create?: boolean }) => {
          asked.push(name);
          if (!options?.create) throw new DOMException("none", "NotFoundError");
          return { createWritable: async () => new WritableStream() };
        },
      };
      await saveToFolder(handles, download, { filename });
      expect(new Set(asked).size).toBe(1);
      for (const name of asked) expectPlain(name, host.type);
    }),
    { numRuns },
  );
});
