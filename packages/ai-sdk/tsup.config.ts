import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts"],
  // The AI SDK is ESM alone.
  format: "esm",
  dts: true,
  target: "es2022",
  sourcemap: true,
});
