import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { ExampleCopy } from "../../readme/test/run-example.ts";

it("answers every prompt of a file with a line of JSON", async () => {
  const folder = fileURLToPath(new URL("../", import.meta.url));
  await using example = await ExampleCopy.create(folder, ["main.ts", "prompts.txt"]);
  const { stdout, stderr } = await example.run("bun", ["run", "main.ts", "prompts.txt"]);
  const answers = stdout
    .trim()
    .split("\n")
    .map((line): { prompt: string; text: string } => JSON.parse(line));
  expect(answers.map(({ prompt }) => prompt).sort()).toEqual([
    "A haiku about tides.",
    "What is the capital of Poland?",
    "Why is the sky blue?",
  ]);
  expect(answers.find(({ prompt }) => prompt.includes("Poland"))?.text).toContain("Warsaw");
  expect(stderr).toBe("");
});
