import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Metafile } from "esbuild";

/** What a bundle costs a page, in bytes of gzip -9, each chunk by itself as it goes over the wire. */
export interface ChunkSizes {
  /** The entry's own chunk. */
  entryBytes: number;
  /** The entry with all chunks that it imports statically, which a page loads before anything runs. */
  startBytes: number;
  /** What only an `import()` loads. */
  lazyBytes: number;
  lazyChunks: number;
}

/**
 * Bundles a module as a user's bundler does for browsers: ESM, minified, with a chunk of its own for each `import()`.
 * @param contents of the module
 * @param resolveDir the folder whose dependencies it imports
 */
export async function chunkSizes(contents: string, resolveDir: string): Promise<ChunkSizes> {
  const { metafile, outputFiles } = await build({
    stdin: { contents, resolveDir },
    absWorkingDir: resolveDir,
    outdir: "bundle",
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    logLevel: "error",
  });
  const contentsOf = new Map(outputFiles.map((file) => [file.path, file.contents]));
  const bytes = new Map(
    Object.keys(metafile.outputs).map((path) => [path, gzippedBytes(contentsOf.get(resolve(resolveDir, path)))]),
  );
  const entry = entryOf(metafile);
  const start = staticImports(metafile, entry);
  const lazy = [...bytes.keys()].filter((path) => !start.has(path));
  const sum = (paths: Iterable<string>): number =>
    [...paths].reduce((total, path) => total + (bytes.get(path) ?? 0), 0);
  return { entryBytes: sum([entry]), startBytes: sum(start), lazyBytes: sum(lazy), lazyChunks: lazy.length };
}

function gzippedBytes(contents: Uint8Array | undefined): number {
  if (contents === undefined) throw new Error("esbuild names an output that it does not give out.");
  return gzipSync(contents, { level: 9 }).byteLength;
}

/** A chunk that an `import()` asks for has an entry point as well: that of its module. The page's is the one of stdin. */
function entryOf({ outputs }: Metafile): string {
  const entry = Object.keys(outputs).find((path) => outputs[path]?.entryPoint === "<stdin>");
  if (entry === undefined) throw new Error("The bundle has no entry.");
  return entry;
}

/** The chunk and all that it imports by statements, however indirectly. */
function staticImports({ outputs }: Metafile, entry: string): Set<string> {
  const found = new Set([entry]);
  // A set that grows while it is iterated gives out what was added as well.
  for (const path of found) {
    for (const { path: imported, kind, external } of outputs[path]?.imports ?? []) {
      if (kind === "import-statement" && external !== true) found.add(imported);
    }
  }
  return found;
}
