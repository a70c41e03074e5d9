import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { Flowith } from "flowith-webapi";
import { afterAll, beforeAll, describe, it, vi } from "vitest";
import { cases, runCase } from "../src/index.ts";
import { expectPassed } from "./expect-passed.ts";

// Cases mostly wait.
vi.setConfig({ maxConcurrency: 16 });

let emulator: Emulator;

beforeAll(async () => {
  // Without replay, as the live service may be: what is sent while nobody listens is gone.
  emulator = await startEmulator({ replay: false });
});

afterAll(() => emulator.close());

describe.concurrent("in Node", () => {
  it.each(cases.map(({ id }) => id))("%s", async (id) => {
    expectPassed(await runCase(id, emulator.url, (options) => new Flowith(options)));
  });
});
