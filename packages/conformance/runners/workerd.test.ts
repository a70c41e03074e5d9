import { fileURLToPath } from "node:url";
import { startWorker, workerBundle } from "../../emulator/src/testing/in-workerd.ts";
import { type CaseResult, eachOf } from "../src/index.ts";
import { describeRuntime } from "./describe-runtime.ts";
import { selectedCases } from "./selected-cases.ts";

describeRuntime("workerd", async (emulatorUrl, onResult) => {
  const script = await workerBundle(fileURLToPath(new URL("./workerd-main.ts", import.meta.url)));
  const worker = await startWorker(script);
  try {
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
