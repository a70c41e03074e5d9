import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { SchemaSource } from "./schema-source.ts";

/**
 * A database with Flowith's schema and no rows, made when the package is built: unpacking it takes a quarter of the time
 * that a new one does. Its name tells what it was made of, so one that does not fit is not found.
 */
export function imageName(hash: string): string {
  return `flowith-${hash}-pglite-${pgliteVersion()}.tar.gz`;
}

function pgliteVersion(): string {
  const require = createRequire(import.meta.url);
  // its package.json is not among its exports; its entry stands in dist beside it
  const { version }: { version: string } = require(
    require.resolve("@electric-sql/pglite").replace(/dist[\\/].*$/, "package.json"),
  );
  return version;
}

/** Beside the built code; or where the build puts it, seen from the source. */
const folders = ["./", "../../dist/"];

/** @returns undefined where there is none that fits: then SQL makes the same */
export async function readImage(source: SchemaSource): Promise<Blob | undefined> {
  if (source.kind !== "flowith") return undefined;
  try {
    const name = imageName(source.hash);
    for (const folder of folders) {
      const bytes = await readFile(new URL(folder + name, import.meta.url)).catch(() => undefined);
      if (bytes !== undefined) return new Blob([bytes], { type: "application/x-gzip" });
    }
  } catch {
    // code that was bundled or came over the network may have no files beside it
  }
  return undefined;
}
