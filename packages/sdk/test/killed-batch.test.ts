import { once } from "node:events";
import { expect, it } from "vitest";
import { batchInputs, KilledBatch, repeated } from "./killed-batch.ts";

it("runs a batch that was killed three times to its end, with one post for each job", async () => {
  const inputs = batchInputs(12);
  await using batch = await KilledBatch.create(inputs);
  for (const posts of [2, 5, 9]) {
    const { isWhole } = await batch.run(() => batch.posted(posts));
    expect(isWhole).toBe(false);
  }
  // A picture that was handed out and not posted is known for that by its age alone.
  await batch.age(24 * 3_600_000);
  const { isWhole, ends } = await batch.run();
  expect(isWhole).toBe(true);
  expect(ends.filter(({ status }) => status !== "fulfilled")).toEqual([]);
  const ids = inputs.map(({ id }) => id);
  expect(ends.map(({ id }) => id).sort()).toEqual(ids);
  expect(await batch.stored()).toEqual(ids);
  expect(new Set(batch.posts()).size).toBe(inputs.length);
  // Of what was under way when a kill took the answer, a text may be posted once more, under the same node.
  expect(repeated(batch.posts()).length).toBeLessThanOrEqual(3);
  const posts = batch.posts().length;
  // What has ended costs nothing again.
  expect((await batch.run()).ends.map(({ status }) => status)).toEqual(inputs.map(() => "fulfilled"));
  expect(batch.posts()).toHaveLength(posts);
});

it("starts a batch that was killed before anything was posted as if it were new", async () => {
  const inputs = batchInputs(4);
  await using batch = await KilledBatch.create(inputs);
  await batch.run(async ({ stdout }) => stdout && once(stdout, "data"));
  await batch.age(24 * 3_600_000);
  const { ends } = await batch.run();
  expect(ends.map(({ status }) => status)).toEqual(inputs.map(() => "fulfilled"));
  expect(batch.posts()).toHaveLength(inputs.length);
});
