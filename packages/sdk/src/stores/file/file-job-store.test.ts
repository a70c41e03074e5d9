import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InvalidArgumentError, type JobHandle } from "@flowith-webapi/core";
import { afterEach, beforeEach, expect, it } from "vitest";
import { fileJobStore } from "./file-job-store.ts";

const handle = (userNodeId: string): JobHandle => ({
  v: 1,
  kind: "text",
  nodeId: `${userNodeId}-answer`,
  userNodeId,
  convId: "conv",
  userId: "alice",
  model: "gpt",
  createdAtMs: 1,
});

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "flowith-"));
});

afterEach(() => rm(folder, { recursive: true }));

it("keeps the handles of several processes until each is deleted", async () => {
  const [one, other] = [fileJobStore(join(folder, "jobs")), fileJobStore(join(folder, "jobs"))];
  expect(await one.list()).toEqual([]);
  await Promise.all([one.put(handle("a")), other.put(handle("b")), one.put(handle("c"))]);
  const noted: JobHandle = { ...handle("a"), model: "other", label: "cover 🌷", metadata: { issue: [1, null] } };
  await one.put(noted);
  await other.delete("b");
  await other.delete("never-there");
  const left = (await other.list()).sort((a, b) => a.userNodeId.localeCompare(b.userNodeId));
  expect(left).toEqual([noted, handle("c")]);
});

it("leaves alone what is no handle", async () => {
  await writeFile(join(folder, "notes.json"), '{"v":2}');
  await writeFile(join(folder, "broken.json"), "{");
  await writeFile(join(folder, "readme.txt"), "x");
  await mkdir(join(folder, "folder.json"));
  await fileJobStore(folder).put(handle("a"));
  expect(await fileJobStore(folder).list()).toEqual([handle("a")]);
  expect(await readdir(folder)).toHaveLength(5);
});

it.each(["../a", "a/b", "", "a\\b"])("takes no id that leads elsewhere: %j", async (userNodeId) => {
  await expect(fileJobStore(folder).put(handle(userNodeId))).rejects.toThrow(InvalidArgumentError);
  await expect(fileJobStore(folder).delete(userNodeId)).rejects.toThrow(InvalidArgumentError);
});

it.skipIf(process.platform === "win32")("leaves a link alone that leads nowhere or in a circle", async () => {
  await fileJobStore(folder).put(handle("a"));
  await symlink("nowhere", join(folder, "dangling.json"));
  await symlink("circle.json", join(folder, "circle.json"));
  expect(await fileJobStore(folder).list()).toEqual([handle("a")]);
});
