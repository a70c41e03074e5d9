import { defineConfig } from "tsup";

export default defineConfig({
  // `main` alone is loaded for --version; everything else is in chunks that are loaded when they are used.
  entry: ["src/main.ts"],
  format: "esm",
  target: "es2023",
  platform: "node",
  splitting: true,
  sourcemap: true,
  removeNodeProtocol: false,
});
