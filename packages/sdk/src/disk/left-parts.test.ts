import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { partName } from "./left-parts.ts";
import { nodeDisk } from "./node-disk.ts";
import { saveFile } from "./save-file.ts";

const HOUR_MS = 3_600_000;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "flowith-parts-"));
});

afterEach(() => rm(folder, { recursive: true }));

/** A process that is over. */
async function formerPid(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  return child.pid ?? 0;
}

/** A part that was last written so many hours ago. */
async function part(pid: number | undefined, hours: number): Promise<string> {
  const name = partName().replace(`.${process.pid}.`, pid === undefined ? "." : `.${pid}.`);
  await writeFile(join(folder, name), "half");
  const writtenAt = new Date(Date.now() - hours * HOUR_MS);
  await utimes(join(folder, name), writtenAt, writtenAt);
  return name;
}

async function save(): Promise<void> {
  const body = new Blob(["whole"]).stream();
  await saveFile(nodeDisk, async () => ({ url: "https://x/cat.png", headers: new Headers(), body }), folder, {});
}

it("what a killed save has left goes with the next one in its folder", async () => {
  await part(await formerPid(), 2);
  await part(undefined, 25);
  await part(process.ppid, 25);
  // Of a container's last start, in which the process had the same number.
  await part(process.pid, 25);
  await save();
  expect(await readdir(folder)).toEqual(["cat.png"]);
});

it("what may still be written stays, and what is not ours", async () => {
  const gone = await formerPid();
  const kept = [
    await part(gone, 0.5),
    await part(undefined, 2),
    await part(process.ppid, 2),
    await part(process.pid, 0),
  ];
  const old = new Date(0);
  for (const name of [".cat.png.part", "cat.part", `x${partName()}`, `${partName()}.bak`, ".part"]) {
    await writeFile(join(folder, name), "");
    await utimes(join(folder, name), old, old);
    kept.push(name);
  }
  const inner = partName();
  await mkdir(join(folder, inner));
  await utimes(join(folder, inner), old, old);
  kept.push(inner);
  await save();
  expect((await readdir(folder)).sort()).toEqual([...kept, "cat.png"].sort());
});

it("a folder that cannot be listed keeps nothing from being saved", async () => {
  const disk = { ...nodeDisk, namesIn: () => Promise.reject(new Error("EACCES")) };
  const body = new Blob(["whole"]).stream();
  const download = async () => ({ url: "https://x/cat.png", headers: new Headers(), body });
  await expect(saveFile(disk, download, folder, {})).resolves.toMatchObject({ sizeBytes: 5 });
});
