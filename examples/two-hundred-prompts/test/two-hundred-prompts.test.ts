import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { KilledExample, readPrompts } from "./killed-example.ts";

it("is killed and run again, pays nothing twice, and writes each result once", async () => {
  const prompts = (await readPrompts()).slice(8, 20);
  await using example = await KilledExample.create(prompts);
  const before = await example.credits();

  // At moments when no job is about to be posted: such a one is looked for, for ten seconds, by the next run.
  expect(await example.run(() => example.posted(8))).toMatchObject({ exitCode: null });
  await example.tearLine();
  expect(await example.run(() => example.posted(prompts.length))).toMatchObject({ exitCode: null });
  const last = await example.run();
  expect(last.exitCode).toBe(0);
  expect(last.progress.trimEnd().split("\n").at(-1)).toBe("12 of 12");

  expect(example.postedPrompts().sort()).toEqual(prompts.map(({ prompt }) => prompt).sort());
  const lines = await example.lines();
  expect(lines.map(({ id }) => id).sort()).toEqual(prompts.map(({ id }) => id).sort());
  expect(lines.find(({ id }) => id === "be")?.text).toContain("Belgium");
  const { location = "" } = lines.find(({ id }) => id === "bi-stamp") ?? {};
  expect((await readFile(location)).subarray(1, 4).toString()).toBe("PNG");
  expect(before - (await example.credits())).toBe(11 + 10);
});
