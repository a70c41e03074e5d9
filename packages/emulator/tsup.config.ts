import { defineConfig, type Options } from "tsup";

const common: Options = {
  sourcemap: true,
  target: "es2022",
  platform: "node",
  // it finds its WebAssembly beside its own file
  external: ["@electric-sql/pglite"],
  // import.meta.url, in CommonJS too: the database image is found by it
  shims: true,
};

export default defineConfig([
  { ...common, entry: ["src/index.ts", "src/cli.ts"], format: "esm", dts: { entry: "src/index.ts" } },
  {
    ...common,
    entry: ["src/index.ts"],
    format: "cjs",
    dts: true,
    // ESM only: in the CommonJS build they are included, for loaders without require(esm).
    noExternal: ["jose", "fast-png"],
    esbuildOptions(options) {
      // Jest's default mode has no import() either.
      options.supported = { "dynamic-import": false };
    },
  },
]);
