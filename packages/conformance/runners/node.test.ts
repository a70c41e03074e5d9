import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { Flowith } from "flowith-webapi";
import { afterAll, beforeAll, describe, it, vi } from "vitest";
import { cases, createContext } from "../src/index.ts";

// Cases mostly wait.
vi.setConfig({ maxConcurrency: 16 });

let emulator: Emulator;

beforeAll(async () => {
  // Without replay, as the live service may be: what is sent while nobody listens is gone.
  emulator = await startEmulator({ replay: false });
});

afterAll(() => emulator.close());

describe.concurrent("in Node", () => {
  it.each(cases.map((one) => [one.id, one] as const))("%s", async (_id, one) => {
    const { context, close } = await createContext(emulator.url, (options) => new Flowith(options));
    try {
      await one.run(context);
    } finally {
      close();
    }
  });
});
