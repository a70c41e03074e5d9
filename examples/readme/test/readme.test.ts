import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ExampleCopy } from "./run-example.ts";

const folder = fileURLToPath(new URL("../", import.meta.url));
const readme = readFileSync(join(folder, "../../README.md"), "utf8");

const expected: Record<string, RegExp> = {
  "text.ts": /nothing lost[\s\S]*characters/,
  "conversation.ts": /Alice/,
  "picture.ts": /submitted[\s\S]*outputs\/.*\.png \d+/,
  "file.ts": /mill/,
  "errors.ts": /total limit/,
};

let example: ExampleCopy;

beforeAll(async () => {
  example = await ExampleCopy.create(folder, [...Object.keys(expected), "notes.md"]);
});

afterAll(() => example[Symbol.asyncDispose]());

describe("the README", () => {
  it("shows the five examples as they are", () => {
    const blocks = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1]);
    expect(blocks).toEqual(Object.keys(expected).map((name) => readFileSync(join(folder, name), "utf8")));
  });

  it.each(Object.entries(expected))("%s runs", async (name, output) => {
    const { stdout, stderr } = await example.run(process.execPath, [name]);
    expect(stdout).toMatch(output);
    expect(stderr).toBe("");
  });
});
