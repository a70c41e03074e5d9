import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { FolderInUse, FolderLock } from "./folder-lock.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "flowith-lock-"));
});
afterEach(() => rm(folder, { recursive: true }));

it("is one holder's at a time, of many that take it at once from a dead one", async () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  await writeFile(join(folder, "lock.7"), JSON.stringify({ pid, startTime: null }));
  const takes = await Promise.allSettled(Array.from({ length: 8 }, () => FolderLock.take(folder)));
  const taken = takes.filter((take) => take.status === "fulfilled");
  expect(taken).toHaveLength(1);
  for (const take of takes) if (take.status === "rejected") expect(take.reason).toBeInstanceOf(FolderInUse);
  expect(await readdir(folder)).toEqual(["lock.8"]);
  await taken[0]?.value.release();
  expect(await readdir(folder)).toEqual([]);
});

it("leaves nothing of a process that was killed while it took it", async () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  await writeFile(join(folder, `lock.${pid}.2f0c.part`), "{");
  const lock = await FolderLock.take(folder);
  await lock.release();
  expect(await readdir(folder)).toEqual([]);
});

it("takes a damaged lock for nobody's", async () => {
  await writeFile(join(folder, "lock.1"), "{");
  await FolderLock.take(folder);
  expect(await readdir(folder)).toEqual(["lock.2"]);
});

it.runIf(process.platform === "linux")("is free where another process has got the dead one's number", async () => {
  await writeFile(join(folder, "lock.1"), JSON.stringify({ pid: process.pid, startTime: "of another start" }));
  await expect(FolderLock.take(folder)).resolves.toBeDefined();
});
