import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { TableReporter } from "./packages/conformance/runners/table-reporter.ts";

const source = (path: string) => fileURLToPath(new URL(`./packages/${path}`, import.meta.url));

const alias = {
  "@flowith-webapi/core": source("core/src/index.ts"),
  "@flowith-webapi/supabase": source("supabase/src/index.ts"),
  "@flowith-webapi/emulator": source("emulator/src/index.ts"),
  "flowith-webapi": source("sdk/src/node/index.ts"),
};

export default defineConfig({
  resolve: { alias },
  test: {
    reporters: ["default", ["json", { outputFile: ".test-results/report.json" }], new TableReporter()],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["packages/*/src/**/*.test.ts", "packages/conformance/requirements/**/*.test.ts"],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      // What stands in dist, as users get it.
      { extends: true, test: { name: "built", include: ["packages/*/test/**/*.test.ts"], testTimeout: 60_000 } },
      {
        extends: true,
        test: { name: "examples", include: ["examples/*/test/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 },
      },
      {
        extends: true,
        test: {
          name: "conformance",
          // Apart from all others: real time passes here, and is judged.
          sequence: { groupOrder: 1 },
          include: ["packages/conformance/{runners,model,installed}/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
