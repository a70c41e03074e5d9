import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { BackendPool } from "./backend-pool.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const account = (key: string) => ({ key, apiKey: `flo_${key}` });

it.each([
  [{}, 3_600_000],
  [{ clientIdleMs: 1_000 }, 1_000],
])("with %j lets a client go %i ms after its last request", async (options, idleMs) => {
  const pool = new BackendPool(options);
  const [ada, bob] = [await pool.get(account("ada")), await pool.get(account("bob"))];
  vi.advanceTimersByTime(idleMs - 1);
  expect(await pool.get(account("bob"))).toBe(bob);
  expect(await pool.get(account("ada"))).toBe(ada);
  vi.advanceTimersByTime(idleMs);
  await pool.get(account("bob"));
  expect(await pool.get(account("ada"))).not.toBe(ada);
  pool.close();
});

it("with clientIdleMs 0 keeps them", async () => {
  const pool = new BackendPool({ clientIdleMs: 0 });
  const ada = await pool.get(account("ada"));
  vi.advanceTimersByTime(1e12);
  await pool.get(account("bob"));
  expect(await pool.get(account("ada"))).toBe(ada);
  pool.close();
});
