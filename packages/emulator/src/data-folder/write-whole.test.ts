import { mkdir, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { writeWhole } from "./write-whole.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "flowith-whole-"));
});
afterEach(() => rm(folder, { recursive: true }));

it("writes a file that only its owner can read", async () => {
  const path = join(folder, "kept");
  writeWhole(path, "all of it");
  expect(await readFile(path, "utf8")).toBe("all of it");
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

it("leaves no draft when it cannot be written", async () => {
  const path = join(folder, "taken");
  await mkdir(path);
  expect(() => writeWhole(path, "x".repeat(1000))).toThrow();
  expect(await readdir(folder)).toEqual(["taken"]);
});
