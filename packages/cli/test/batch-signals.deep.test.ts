import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, it } from "vitest";
import { endOf, KilledBatch, mixedInputs } from "./killed-batch.ts";

it("ends with 141 and without a word once nobody reads the output", async () => {
  const inputs = mixedInputs(30).filter(({ kind }) => kind === "text");
  await using batch = await KilledBatch.create(inputs);
  const child = batch.start("batch", "in.jsonl", "--concurrency", "1", "--quiet");
  let said = "";
  child.stderr.on("data", (part) => {
    said += part;
  });
  const closed = once(child, "close");
  // as `| head -1` does
  const [first] = await once(createInterface({ input: child.stdout }), "line");
  child.stdout.destroy();
  expect(JSON.parse(first)).toMatchObject({ id: "job-00", status: "fulfilled" });
  expect(await closed).toEqual([141, null]);
  expect(said).toBe("");
  expect(batch.billedNodes().length).toBeLessThan(inputs.length);
});

it("ends with 130 at Ctrl-C, and the same command goes on", async () => {
  const inputs = mixedInputs(10);
  await using batch = await KilledBatch.create(inputs);
  const child = batch.start("batch", "in.jsonl", "--output", "out.jsonl", "--concurrency", "3");
  const ended = endOf(child);
  await batch.posted(4);
  child.kill("SIGINT");
  const { exitCode, stderr } = await ended;
  expect(exitCode).toBe(130);
  expect(stderr).toContain("run the same command again");
  await batch.waitADay();
  expect((await batch.run()).exitCode).toBe(0);
  expect((await batch.lines()).map(({ id }) => id).sort()).toEqual(inputs.map(({ id }) => id));
  expect(batch.billedNodes()).toHaveLength(inputs.length);
});
