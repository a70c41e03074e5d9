import { defineConfig, type Options } from "tsup";

const shared: Options = {
  entry: ["src/index.ts"],
  dts: true,
  target: "es2022",
  sourcemap: true,
  splitting: false,
};

export default defineConfig([
  { ...shared, format: ["esm"] },
  {
    ...shared,
    format: ["cjs"],
    esbuildOptions: (options) => {
      // Jest's default mode and older loaders know no `import()`; what is imported has a CommonJS form.
      options.supported = { "dynamic-import": false };
    },
  },
]);
