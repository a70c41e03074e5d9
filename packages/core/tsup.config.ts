import { defineConfig, type Options } from "tsup";

const shared: Options = {
  entry: ["src/index.ts", "src/http.ts", "src/developer.ts"],
  dts: true,
  target: "es2022",
  sourcemap: true,
  // What the entries have in common stands in one chunk, so that each class exists once.
  splitting: true,
};

export default defineConfig([
  { ...shared, format: ["esm"] },
  // These are ESM only; in the CommonJS build they are included, for loaders without require(esm).
  // esbuild cannot split CommonJS: it splits ESM, which Rollup turns into CommonJS here, as it comes with `treeshake`.
  { ...shared, format: ["cjs"], noExternal: ["eventsource-parser", "ky"], treeshake: true },
]);
