import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts", "src/node.ts", "src/workers.ts", "src/cli.ts"],
  format: "esm",
  dts: { entry: ["src/index.ts", "src/node.ts", "src/workers.ts"] },
  target: "es2022",
  sourcemap: true,
  removeNodeProtocol: false,
});
