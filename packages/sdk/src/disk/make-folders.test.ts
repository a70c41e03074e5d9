import { mkdtemp, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { makeFolders } from "./make-folders.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "flowith-folders-"));
});

afterEach(() => rm(folder, { recursive: true }));

it("makes what is missing, and is content with what is there", async () => {
  await Promise.all(Array.from({ length: 8 }, () => makeFolders(join(folder, "a", "b", "c"))));
  await makeFolders(join(folder, "a"));
  await makeFolders("/");
  expect((await stat(join(folder, "a", "b", "c"))).isDirectory()).toBe(true);
});

it("fails where a file is in the way, or a link to nowhere", async () => {
  await writeFile(join(folder, "file"), "");
  await expect(makeFolders(join(folder, "file", "a"))).rejects.toMatchObject({ code: "ENOTDIR" });
  await symlink(join(folder, "nowhere"), join(folder, "link"));
  await expect(makeFolders(join(folder, "link", "a"))).rejects.toMatchObject({ code: "ENOENT" });
});

it.runIf(process.platform === "linux")("ends where nothing can be made", async () => {
  await expect(makeFolders("/proc/flowith/a")).rejects.toMatchObject({ code: "ENOENT" });
});
