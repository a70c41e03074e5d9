import { defineConfig, type Options } from "tsup";

const shared: Options = { entry: ["src/index.ts"], target: "es2022", sourcemap: true, splitting: false };

export default defineConfig([
  { ...shared, format: ["esm"], dts: true },
  // ky and eventsource-parser are ESM only; in the CommonJS build they are included, for loaders without require(esm).
  { ...shared, format: ["cjs"], dts: true, noExternal: ["ky", "eventsource-parser"] },
]);
