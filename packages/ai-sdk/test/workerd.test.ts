import { fileURLToPath } from "node:url";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import type { Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorker, workerBundle } from "../../emulator/src/testing/in-workerd.ts";
import { FACES, scenariosOf } from "./scenarios/run-scenario.ts";

let emulator: Emulator;
let worker: Miniflare;
beforeAll(async () => {
  const bundle = await workerBundle(fileURLToPath(new URL("./worker-main.ts", import.meta.url)));
  [emulator, worker] = await Promise.all([startEmulator(), startWorker(bundle)]);
});
afterAll(async () => {
  await Promise.all([emulator.close(), worker.dispose()]);
});

// At once: they mostly wait, and each has a user of its own.
describe.each(FACES)("in workerd, %s", { concurrent: true }, (face) => {
  it.each(scenariosOf(face))("$name", async ({ name }) => {
    const query = new URLSearchParams({ face, name, emulator: emulator.url });
    const response = await worker.dispatchFetch(`http://worker.localhost/?${query}`);
    expect(await response.text()).toBe("");
  });
});
