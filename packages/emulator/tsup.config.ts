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
  // jose and fast-png are ESM only; in the CommonJS build they are included, for loaders without require(esm).
  { ...common, entry: ["src/index.ts"], format: "cjs", dts: true, noExternal: ["jose", "fast-png"] },
]);
