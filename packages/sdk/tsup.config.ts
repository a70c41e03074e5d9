import { defineConfig, type Options } from "tsup";

const PAGE = "src/developer/browser.ts";

const entries = [
  ...["node", "deno", "browser", "worker", "fetch", "supabase"].map((runtime) => `src/${runtime}.ts`),
  ...["node", "deno", "browser", "worker", "fetch"].map((runtime) => `src/developer/${runtime}.ts`),
];

const shared: Options = {
  // Bun has all that Node's entry uses, and takes that one.
  entry: entries,
  // All entries have the same types (src/entries.test.ts), and so the same class for TypeScript, whichever it resolves to.
  dts: { entry: { index: "src/node.ts", supabase: "src/supabase.ts", developer: "src/developer/node.ts" } },
  target: "es2022",
  sourcemap: true,
  splitting: false,
  // Deno and workerd know their builtins by it alone.
  removeNodeProtocol: false,
  tsconfig: "tsconfig.build.json",
};

export default defineConfig([
  { ...shared, format: ["esm"], entry: entries.filter((entry) => entry !== PAGE) },
  // What saves files is a chunk of its own, which a page loads when it saves one.
  { ...shared, format: ["esm"], entry: [PAGE], outDir: "dist/developer", dts: false, splitting: true },
  // These are ESM only. `require` of one gives its namespace, which has no default where the code built here looks for it,
  // and Jest and older loaders refuse it altogether; so the CommonJS build includes them.
  { ...shared, format: ["cjs"], noExternal: ["content-disposition", "filenamify"] },
  // For pages without a bundler: one file, with all that it needs. Its map has names and places but no texts, which would be
  // five times as much: enough to read a stack in a report.
  {
    ...shared,
    format: ["esm"],
    entry: { "browser/flowith.min": "src/browser.ts" },
    dts: false,
    platform: "browser",
    noExternal: [/./],
    minify: true,
    esbuildOptions(options) {
      options.sourcesContent = false;
    },
  },
]);
