import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { Flowith } from "flowith-webapi";
import { afterAll, beforeAll, expect, it } from "vitest";

const JOBS = 2_000;

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ replay: false, seed: false });
});

afterAll(() => emulator.close());

it("2,000 jobs at once through one client are all right", { timeout: 300_000 }, async () => {
  const user = await emulator.createUser({ credits: 10_000_000 });
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  await using flowith = new Flowith({ edgeUrl, supabaseUrl, supabaseKey, token: user.token });
  const jobs = Array.from({ length: JOBS }, (_, index) => flowith.generate(`Say ${index}.`));
  const ends = await Promise.allSettled(jobs);
  expect(ends.flatMap((end) => (end.status === "rejected" ? [String(end.reason)] : []))).toEqual([]);
  for (const [index, end] of ends.entries()) {
    if (end.status === "fulfilled") expect(end.value.text).toContain(`Say ${index}.`);
  }
});
