import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { ExampleCopy } from "../../readme/test/run-example.ts";

const run = ["run", "--quiet", "--node-modules-dir=manual", "--no-lock"];
const rights = ["--allow-net=127.0.0.1,localhost", "--allow-env", "--allow-read=."];

it("draws two pictures with the permissions that its first line names", async () => {
  await using example = await ExampleCopy.create(fileURLToPath(new URL("../", import.meta.url)), ["main.ts"]);
  await example.run("deno", [...run, ...rights, "--allow-write=./pictures", "main.ts"]);
  expect((await readdir(join(example.place, "pictures"))).sort()).toEqual(["night.png", "noon.png"]);
});

it("names the permission that it lacks", async () => {
  await using example = await ExampleCopy.create(fileURLToPath(new URL("../", import.meta.url)), ["main.ts"]);
  await expect(example.run("deno", [...run, "--no-prompt", ...rights, "main.ts"])).rejects.toThrow("--allow-write");
});
