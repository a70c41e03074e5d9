import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chunkSizes } from "./chunk-sizes.ts";

const folder = await mkdtemp(join(tmpdir(), "flowith-browser-size-"));
const SHARED_BYTES = 2_000;
const LAZY_BYTES = 20_000;
/** More than the code around a module's text. */
const SPARE_BYTES = 500;

beforeAll(async () => {
  await writeFile(join(folder, "shared.js"), `export const shared = "${noise(SHARED_BYTES)}";`);
  await writeFile(
    join(folder, "lazy.js"),
    `import { shared } from "./shared.js"; console.log(shared, "${noise(LAZY_BYTES)}");`,
  );
});
afterAll(() => rm(folder, { recursive: true }));

/** Text that gzip makes no smaller than that many bytes. */
function noise(bytes: number): string {
  return randomBytes(bytes).toString("base64");
}

describe("the sizes of a bundle's chunks", () => {
  it("are all in the entry where nothing is lazy", async () => {
    const sizes = await chunkSizes(
      'import { shared } from "./shared.js"; import "./lazy.js"; console.log(shared);',
      folder,
    );
    expect(sizes.entryBytes).toBeGreaterThan(SHARED_BYTES + LAZY_BYTES);
    expect(sizes).toEqual({ ...sizes, startBytes: sizes.entryBytes, lazyBytes: 0, lazyChunks: 0 });
  });

  it("tell what an import() loads from what the page loads at its start", async () => {
    const sizes = await chunkSizes(
      'import { shared } from "./shared.js"; console.log(shared, import("./lazy.js"));',
      folder,
    );
    expect(sizes.lazyChunks).toBe(1);
    expect(sizes.lazyBytes).toBeGreaterThan(LAZY_BYTES);
    expect(sizes.lazyBytes).toBeLessThan(LAZY_BYTES + SPARE_BYTES);
    // What both need is in a chunk of its own, which the entry imports by a statement.
    expect(sizes.entryBytes).toBeLessThan(SPARE_BYTES);
    expect(sizes.startBytes).toBeGreaterThan(SHARED_BYTES);
    expect(sizes.startBytes).toBeLessThan(SHARED_BYTES + 2 * SPARE_BYTES);
  });
});
