import { expect, it } from "vitest";
import { KilledExample, readPrompts } from "./killed-example.ts";

/** A picture that a kill has left unposted is known for that after five minutes. */
const TIMEOUT_MS = 900_000;

it("runs all two hundred, killed sixteen times on the way", { timeout: TIMEOUT_MS }, async () => {
  const prompts = await readPrompts();
  await using example = await KilledExample.create(prompts);
  const before = await example.credits();

  for (let part = 1; part <= 8; part++) {
    expect(await example.run(() => example.wrote(part * 20 - 10))).toMatchObject({ exitCode: null });
    expect(await example.run(() => example.posted(part * 20 + 5))).toMatchObject({ exitCode: null });
  }
  expect(await example.run()).toMatchObject({ exitCode: 0 });

  expect(prompts).toHaveLength(200);
  expect(example.postedPrompts().sort()).toEqual(prompts.map(({ prompt }) => prompt).sort());
  const lines = await example.lines();
  expect(lines.map(({ id }) => id).sort()).toEqual(prompts.map(({ id }) => id).sort());
  expect(before - (await example.credits())).toBe(190 + 10 * 10);

  // All is written, and nothing is asked for any more.
  expect(await example.run()).toEqual({ exitCode: 0, progress: "" });
  expect(await example.lines()).toEqual(lines);
});

it("begins nothing new once its credits are spent, and leaves the rest for the next run", async () => {
  const prompts = (await readPrompts()).filter(({ kind }) => kind === undefined).slice(0, 30);
  await using example = await KilledExample.create(prompts);
  const stopped = await example.run(undefined, "prompts.jsonl", "results.jsonl", "5");
  const first = await example.lines();
  expect(stopped.exitCode).toBe(1);
  expect(stopped.progress.match(/^\w+: maxCredits$/gm)).toHaveLength(30 - first.length);
  expect(first.length).toBeGreaterThanOrEqual(5);
  expect(first.length).toBeLessThan(30);
  expect(await example.run()).toMatchObject({ exitCode: 0 });
  expect(example.postedPrompts().sort()).toEqual(prompts.map(({ prompt }) => prompt).sort());
  expect((await example.lines()).slice(0, first.length)).toEqual(first);
});
