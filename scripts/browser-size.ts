// Prints what a page loads for the SDK, as its bundler makes it: the entry, what is loaded at the start, and all in all.
// `pnpm size:browser`, after a build; what stands in dist is measured. Another bundler than that of `pnpm check:size`, and
// so other sizes: by a few per cent.
import { fileURLToPath } from "node:url";
import { table } from "../packages/bench/src/harness/table.ts";
import { chunkSizes } from "./browser-size/chunk-sizes.ts";

/** A package that depends on both, as a user's does. */
const user = fileURLToPath(new URL("../packages/bench", import.meta.url));

const MODULES = [
  { name: "flowith-webapi, all of it", source: 'export * from "flowith-webapi"' },
  { name: "flowith-webapi, { Flowith }", source: 'export { Flowith } from "flowith-webapi"' },
  { name: "@flowith-webapi/core, all of it", source: 'export * from "@flowith-webapi/core"' },
];

const rows: string[][] = [];
for (const { name, source } of MODULES) {
  const { entryBytes, startBytes, lazyBytes, lazyChunks } = await chunkSizes(source, user);
  rows.push([name, ...[entryBytes, startBytes, lazyBytes, startBytes + lazyBytes].map(grouped), String(lazyChunks)]);
}
const header = ["in a browser", "entry chunk", "loaded at the start", "lazy", "sum", "lazy chunks"];
process.stdout.write(`Bytes of gzip -9; ESM of esbuild, minified and split.\n\n${table(header, rows)}`);

function grouped(bytes: number): string {
  return bytes.toLocaleString("en");
}
