import fc from "fast-check";
import { expect, it } from "vitest";
import { batchInputs, KilledBatch, repeated } from "./killed-batch.ts";

const DAY_MS = 24 * 3_600_000;

it("loses no job and posts none under two nodes, whenever its process is killed", { timeout: 1_800_000 }, async () => {
  // From the start of a process to well after its last post.
  const kills = fc.array(fc.integer({ min: 100, max: 3_000 }), { minLength: 6, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(kills, async (killsAtMs) => {
      const inputs = batchInputs(40);
      await using batch = await KilledBatch.create(inputs);
      for (const atMs of killsAtMs) await batch.run(() => new Promise((resolve) => setTimeout(resolve, atMs)));
      // A picture that was never posted is known for that by its age alone.
      await batch.age(DAY_MS);
      const { ends } = await batch.run();
      const ids = inputs.map(({ id }) => id);
      expect(ends.filter(({ status }) => status !== "fulfilled")).toEqual([]);
      expect(ends.map(({ id }) => id).sort()).toEqual(ids);
      expect(await batch.stored()).toEqual(ids);
      // A text of which a kill took the answer, and of which there is no sign, is posted once more, under the same node.
      expect(new Set(batch.posts()).size).toBe(inputs.length);
      expect(repeated(batch.posts()).length).toBeLessThanOrEqual(4 * killsAtMs.length);
    }),
    { numRuns: 6, endOnFailure: true },
  );
});
