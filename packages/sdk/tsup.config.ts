import { defineConfig } from "tsup";

const runtimes = ["node", "deno", "bun", "browser", "worker", "fetch"];

export default defineConfig({
  entry: Object.fromEntries(runtimes.map((runtime) => [`${runtime}/index`, `src/${runtime}/index.ts`])),
  format: ["esm", "cjs"],
  // All entries have the same types (src/entries.test.ts), and so the same class for TypeScript, whichever it resolves to.
  dts: { entry: { index: "src/fetch/index.ts" } },
  target: "es2022",
  sourcemap: true,
  splitting: false,
  // Deno and workerd know their builtins by it alone.
  removeNodeProtocol: false,
  tsconfig: "tsconfig.build.json",
});
