import { fileURLToPath } from "node:url";
import { type ChunkSizes, chunkSizes } from "./chunk-sizes.ts";

/** A size that the project has set itself, beside what stands in dist. */
export interface SizeGate {
  name: string;
  sizeBytes: number;
  mostBytes: number;
}

const MODULES = {
  core: 'export * from "@flowith-webapi/core"',
  browser: 'export * from "flowith-webapi"',
  developer: 'export * from "flowith-webapi/developer"',
};

/**
 * In bytes of gzip -9, where the last change has left them: it may grow only by a decision. What is loaded lazily, such as
 * the sign-in, counts in sums alone.
 */
const LIMITS: { name: string; module: keyof typeof MODULES; part: (sizes: ChunkSizes) => number; mostBytes: number }[] =
  [
    { name: "core, all in", module: "core", part: sumBytes, mostBytes: 77_000 },
    { name: "browser entry, at the start", module: "browser", part: ({ startBytes }) => startBytes, mostBytes: 96_100 },
    { name: "browser entry, with sign-in", module: "browser", part: sumBytes, mostBytes: 122_200 },
    {
      name: "developer entry, at the start",
      module: "developer",
      part: ({ startBytes }) => startBytes,
      mostBytes: 35_900,
    },
  ];

function sumBytes({ startBytes, lazyBytes }: ChunkSizes): number {
  return startBytes + lazyBytes;
}

/** A package that depends on all that is measured, as a user's does. */
const USER = fileURLToPath(new URL(".", import.meta.url));

/** What a page has to load for the SDK, by a bundler that splits: the one measure of both the bench and the check. */
export async function sizeGates(): Promise<SizeGate[]> {
  const [core, browser, developer] = await Promise.all([
    chunkSizes(MODULES.core, USER),
    chunkSizes(MODULES.browser, USER),
    chunkSizes(MODULES.developer, USER),
  ]);
  const sizes = { core, browser, developer };
  return LIMITS.map(({ name, module, part, mostBytes }) => ({ name, sizeBytes: part(sizes[module]), mostBytes }));
}

/** What other packages of that sort have a page load, all in, by the same measure. */
export function sizesOfOthers(): Promise<{ name: string; sizeBytes: number }[]> {
  const names = ["openai", "@supabase/supabase-js"];
  return Promise.all(
    names.map(async (name) => ({ name, sizeBytes: sumBytes(await chunkSizes(`export * from "${name}"`, USER)) })),
  );
}
