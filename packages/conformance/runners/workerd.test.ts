import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { type CaseResult, eachOf } from "../src/index.ts";
import { describeRuntime } from "./describe-runtime.ts";
import { selectedCases } from "./selected-cases.ts";

describeRuntime("workerd", async (emulatorUrl, onResult) => {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL("./workerd-main.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["workerd", "worker", "import"],
  });
  const worker = new Miniflare({
    modules: true,
    script: bundle.outputFiles[0]?.text ?? "",
    compatibilityDate: "2026-07-01",
    // Otherwise it looks a Cloudflare host up.
    cf: false,
  });
  try {
    await worker.ready;
    // A request each: what a Worker starts in one of them ends with it.
    await eachOf(selectedCases, async ({ id }) => {
      const query = new URLSearchParams({ case: id, emulator: emulatorUrl });
      const response = await worker.dispatchFetch(`http://worker.localhost/?${query}`);
      const result: CaseResult = JSON.parse(await response.text());
      onResult(result);
    });
  } finally {
    await worker.dispose();
  }
});
