import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { AttemptsReporter } from "./packages/conformance/runners/attempts-reporter.ts";
import { BrowsersReporter } from "./packages/conformance/runners/browsers-reporter.ts";
import { TableReporter } from "./packages/conformance/runners/table-reporter.ts";

const source = (path: string) => fileURLToPath(new URL(`./packages/${path}`, import.meta.url));

const alias = {
  "@flowith-webapi/core/developer": source("core/src/developer.ts"),
  "@flowith-webapi/core/http": source("core/src/http.ts"),
  "@flowith-webapi/core": source("core/src/index.ts"),
  "@flowith-webapi/supabase": source("supabase/src/index.ts"),
  "@flowith-webapi/emulator": source("emulator/src/index.ts"),
  "@flowith-webapi/ai-sdk": source("ai-sdk/src/index.ts"),
  "@flowith-webapi/chat-bridge": source("chat-bridge/src/index.ts"),
  "@flowith-webapi/gateway/workers": source("gateway/src/workers.ts"),
  "@flowith-webapi/gateway": source("gateway/src/index.ts"),
  "flowith-webapi/developer": source("sdk/src/developer/node.ts"),
  "flowith-webapi/supabase": source("sdk/src/supabase.ts"),
  "flowith-webapi": source("sdk/src/node.ts"),
};

/** Long runs, and what an ordinary change does not break: `vitest run --mode deep`. All else is the first tier. */
const DEEP = "**/*.deep.test.ts";
/** Those that take the place of a module, which has to be done before anybody else has loaded it. */
const MOCKED = "**/*.mocked.test.ts";

/**
 * A process for many files: starting one anew for each, with its Postgres to be compiled again, is nearly half of the time.
 * Each test has a user of its own, and often an emulator.
 */
const sharedProcess = { isolate: false, setupFiles: ["./vitest.setup.ts"] };

export default defineConfig(({ mode }) => {
  const isDeep = mode === "deep";
  const tier = isDeep ? "deep" : "first";
  /** Long runs take as long as they take; a limit is only for what hangs. */
  const limit = isDeep ? 300_000 : 120_000;
  /** The tests of this tier in some folders. */
  const tests = (...folders: string[]) => ({
    include: folders.map((folder) => `${folder}/${isDeep ? DEEP : "**/*.test.ts"}`),
    exclude: isDeep ? [] : [DEEP, MOCKED],
  });
  return {
    resolve: { alias },
    test: {
      // More than there are cores: most tests wait most of their time, and none judges how long it took.
      maxWorkers: 2 * availableParallelism(),
      // Of the tests of a file that run at once.
      maxConcurrency: 10,
      // As the emulator's command line does it: optimizing Postgres takes seconds of a core in each process, for nothing.
      execArgv: ["--wasm-tiering-budget=2147483647"],
      // Processes that tests start from source find it compiled by the one before.
      env: { NODE_COMPILE_CACHE: fileURLToPath(new URL("node_modules/.cache/compiled/", import.meta.url)) },
      reporters: [
        "default",
        ["json", { outputFile: `.test-results/${tier}.json` }],
        new AttemptsReporter(`.test-results/${tier}-attempts.json`),
        new TableReporter(`.test-results/runtimes-${tier}.json`),
        new BrowsersReporter(),
      ],
      projects: [
        {
          extends: true,
          test: {
            name: "unit",
            ...sharedProcess,
            ...tests("packages/*/src", "packages/conformance/{requirements,journal}", "scripts"),
            testTimeout: isDeep ? limit : 60_000,
            hookTimeout: limit,
          },
        },
        ...(isDeep
          ? []
          : [{ extends: true as const, test: { name: "mocked", include: [`packages/*/src/${MOCKED}`] } }]),
        // What stands in dist, as users get it.
        {
          extends: true,
          test: {
            name: "built",
            ...sharedProcess,
            ...tests("packages/*/test"),
            testTimeout: limit,
            hookTimeout: limit,
          },
        },
        {
          extends: true,
          test: {
            name: "examples",
            ...sharedProcess,
            ...tests("examples/*/test"),
            testTimeout: limit,
            hookTimeout: limit,
          },
        },
        {
          extends: true,
          test: {
            name: "conformance",
            // A runtime and its emulator have a core each; more at once, and limits of seconds pass for want of one.
            maxWorkers: availableParallelism(),
            // Apart from all others: real time passes here.
            sequence: { groupOrder: 1 },
            ...tests("packages/conformance/{runners,model,installed}"),
            testTimeout: 120_000,
            hookTimeout: 240_000,
          },
        },
      ],
    },
  };
});
