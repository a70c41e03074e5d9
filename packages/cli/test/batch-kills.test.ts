import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { costOf, KilledBatch, mixedInputs } from "./killed-batch.ts";

it("is killed twice, pays for nothing twice and loses nothing", async () => {
  const inputs = mixedInputs(10);
  await using batch = await KilledBatch.create(inputs);
  for (const posts of [3, 6]) {
    expect((await batch.run(() => batch.posted(posts), "--concurrency", "3")).exitCode).toBeNull();
    // what a kill within a write leaves
    await appendFile(join(batch.folder, "out.jsonl"), '{"id":"job-0');
  }
  await batch.waitADay();
  const { exitCode, stdout, stderr } = await batch.run();
  expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 0, stdout: "" });
  expect(stderr).toMatch(/^10 of 10 results in out\.jsonl/m);
  const lines = await batch.lines();
  expect(lines.map(({ id }) => id).sort()).toEqual(inputs.map(({ id }) => id));
  expect(lines.filter(({ status }) => status !== "fulfilled")).toEqual([]);
  expect(new Set(batch.billedNodes()).size).toBe(inputs.length);
  expect(batch.billedNodes()).toHaveLength(inputs.length);
  expect(await batch.creditsSpent()).toBe(costOf(inputs));
  // of what it kept to go on, nothing is left
  expect(await batch.files()).toEqual(["in.jsonl", "out-media", "out.jsonl"]);
  const again = await batch.run();
  expect(again.stderr).toMatch(/^Nothing to do/);
  expect(batch.billedNodes()).toHaveLength(inputs.length);
});
