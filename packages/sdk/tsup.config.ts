import { defineConfig } from "tsup";

export default defineConfig({
  entry: { "node/index": "src/node/index.ts", "fetch/index": "src/fetch/index.ts" },
  format: ["esm", "cjs"],
  dts: true,
  target: "es2022",
  sourcemap: true,
  splitting: false,
  tsconfig: "tsconfig.build.json",
});
