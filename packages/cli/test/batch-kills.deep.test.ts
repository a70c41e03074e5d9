import { expect, it } from "vitest";
import { costOf, KilledBatch, mixedInputs } from "./killed-batch.ts";

/** Numbers from 0 to 1 that are the same in each run (mulberry32). */
function* randomNumbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    yield ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
  }
}

it.each([1, 2, 3])(
  "is killed ten times at moments of seed %i, and pays for nothing twice",
  { timeout: 900_000 },
  async (seed) => {
    const inputs = mixedInputs(60);
    await using batch = await KilledBatch.create(inputs);
    const random = randomNumbers(seed);
    for (let kill = 0; kill < 10; kill++) {
      // from the start of a process to well after its first results
      const atMs = 150 + random.next().value * 2_500;
      await batch.run(() => new Promise((resolve) => setTimeout(resolve, atMs)));
    }
    await batch.waitADay();
    const { exitCode, stderr } = await batch.run();
    expect(exitCode, stderr).toBe(0);
    const lines = await batch.lines();
    expect(lines.map(({ id }) => id).sort()).toEqual(inputs.map(({ id }) => id));
    expect(lines.filter(({ status }) => status !== "fulfilled")).toEqual([]);
    expect(new Set(batch.billedNodes()).size).toBe(inputs.length);
    expect(batch.billedNodes()).toHaveLength(inputs.length);
    expect(await batch.creditsSpent()).toBe(costOf(inputs));
    expect(await batch.files()).toEqual(["in.jsonl", "out-media", "out.jsonl"]);
  },
);
