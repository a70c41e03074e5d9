import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import * as v from "valibot";

const manifestSchema: v.GenericSchema<unknown, { version: string }> = v.object({ version: v.string() });

/** Which PGlite, and so which Postgres, an image is good for. */
function pgliteVersion(): string {
  // its package.json is not among its exports; its entry stands in dist beside it
  const entry = createRequire(import.meta.url).resolve("@electric-sql/pglite");
  const manifest = readFileSync(entry.replace(/dist[\\/].*$/, "package.json"), "utf8");
  return v.parse(manifestSchema, JSON.parse(manifest)).version;
}

/**
 * Images are databases that were made when the package was built: unpacking one takes a fraction of the time that making
 * it does. Names tell what an image was made of, so one that does not fit is not found.
 * @param content "empty", or the hash of the statements that made its tables
 * @param extension "tar.gz" for its files, "json" for the rows that it holds
 */
export function imageName(content: string, extension: "tar.gz" | "json"): string {
  return `database-${content}-pglite-${pgliteVersion()}.${extension}`;
}

/** Beside the built code; or where the build puts it, seen from the source. */
const folders = ["./", "../../dist/"];

/** @returns undefined where there is none that fits */
export async function readImageFile(...of: Parameters<typeof imageName>): Promise<Uint8Array | undefined> {
  try {
    const name = imageName(...of);
    for (const folder of folders) {
      const bytes = await readFile(new URL(folder + name, import.meta.url)).catch(() => undefined);
      if (bytes !== undefined) return bytes;
    }
  } catch {
    // code that was bundled or came over the network may have no files beside it
  }
  return undefined;
}

/**
 * The files of a database.
 * @returns undefined where there is none that fits: then Postgres makes its files itself
 */
export async function readImage(content: string): Promise<Blob | undefined> {
  const packed = await readImageFile(content, "tar.gz");
  if (packed === undefined) return undefined;
  // PGlite would unpack it too, by a stream of small pieces on this thread
  const tar = await promisify(gunzip)(packed).catch(() => undefined);
  return tar && new Blob([tar], { type: "application/x-tar" });
}
