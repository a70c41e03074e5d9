import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { ExampleCopy } from "../../readme/test/run-example.ts";

it("shows a text, saves a picture, and leaves no job behind", async () => {
  await using example = await ExampleCopy.create(fileURLToPath(new URL("../", import.meta.url)), ["main.ts"]);
  const { stdout, stderr } = await example.run("node", ["--disable-warning=ExperimentalWarning", "main.ts", "a mill"]);
  const [, location = "", sizeBytes] = /(\S+\.png) \((\d+) bytes\)/.exec(stdout) ?? [];
  expect((await readFile(location)).byteLength).toBe(Number(sizeBytes));
  expect(stderr).toContain("picture: submitted");
  expect((await example.run("node", ["main.ts"])).stderr).not.toContain("found again");
});
