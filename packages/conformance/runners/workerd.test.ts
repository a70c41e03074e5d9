import { fileURLToPath } from "node:url";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, it, vi } from "vitest";
import { type CaseResult, cases } from "../src/index.ts";
import { expectPassed } from "./expect-passed.ts";

// Cases mostly wait.
vi.setConfig({ maxConcurrency: 16 });

let emulator: Emulator;
let worker: Miniflare;

beforeAll(async () => {
  emulator = await startEmulator({ replay: false });
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL("./workerd-main.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["workerd", "worker", "import"],
  });
  worker = new Miniflare({
    modules: true,
    script: bundle.outputFiles[0]?.text ?? "",
    compatibilityDate: "2026-07-01",
    // Otherwise it looks a Cloudflare host up.
    cf: false,
  });
  await worker.ready;
});

afterAll(async () => {
  await worker?.dispose();
  await emulator.close();
});

describe.concurrent("in workerd", () => {
  it.each(cases.map(({ id }) => id))("%s", async (id) => {
    const query = new URLSearchParams({ case: id, emulator: emulator.url });
    const response = await worker.dispatchFetch(`http://worker.localhost/?${query}`);
    const result: CaseResult = JSON.parse(await response.text());
    expectPassed(result);
  });
});
