import { afterEach, expect, it, vi } from "vitest";
import { breathing } from "./breathing.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Goes on until a timer has fired, or for good reason gives up. */
async function steps(until: () => boolean): Promise<number> {
  const breathe = breathing();
  let count = 0;
  while (!until() && count < 1_000_000) {
    await breathe();
    count++;
  }
  return count;
}

it.each([
  ["where messages come in turns", {}],
  ["where there are no messages", { MessageChannel: undefined }],
])("lets timers fire in a loop of microtasks, %s", async (_where, globals) => {
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
  let isFired = false;
  setTimeout(() => {
    isFired = true;
  }, 1);
  expect(await steps(() => isFired)).toBeLessThan(1_000_000);
});

it("lets a held clock be moved", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
  let isFired = false;
  setTimeout(() => {
    isFired = true;
  }, 60_000);
  const stepping = steps(() => isFired);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await stepping).toBeLessThan(1_000_000);
});
