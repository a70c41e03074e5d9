import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createEmulator } from "../start-emulator.ts";
import { openDataFolder } from "./data-folder.ts";

let folder: string;
let dataDir: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "flowith-folder-"));
  dataDir = join(folder, "data");
});
afterEach(() => rm(folder, { recursive: true }));

const start = async (): Promise<void> => (await createEmulator({ dataDir })).close();

it("is its owner's alone, and so is what lies in it", async () => {
  await start();
  const modes = await Promise.all(
    ["", "database", "files", "emulator.json", "signing-key.json"].map(
      async (name) => (await stat(join(dataDir, name))).mode & 0o777,
    ),
  );
  expect(modes).toEqual([0o700, 0o700, 0o700, 0o600, 0o600]);
});

it("says what is in its way", async () => {
  await writeFile(dataDir, "a file");
  await expect(start()).rejects.toThrow(
    `The data folder ${dataDir} cannot be made: there is a file in place of a folder.`,
  );
});

it.runIf(process.platform === "linux")("ends where a system says that a folder is not there and cannot be made", () => {
  expect(() => openDataFolder("/proc/flowith/data")).toThrow(
    "The data folder /proc/flowith/data cannot be made: there is no such file or folder.",
  );
});

it("says that a folder stands where one of its files should", async () => {
  await start();
  const path = join(dataDir, "emulator.json");
  await rm(path);
  await mkdir(path);
  await expect(start()).rejects.toThrow(`Cannot read ${path}: it is a folder.`);
});

it.each(["emulator.json", "signing-key.json"])("says that its %s is damaged", async (name) => {
  await start();
  const path = join(dataDir, name);
  await writeFile(path, (await readFile(path, "utf8")).slice(0, 50));
  await expect(start()).rejects.toThrow(`${path} is damaged: it holds no JSON.`);
});

it("does not begin anew beside a database that it knows nothing of", async () => {
  await start();
  const content = await readFile(join(dataDir, "emulator.json"));
  await rm(join(dataDir, "emulator.json"));
  await expect(start()).rejects.toThrow("has a database, but no emulator.json that says what is in it");
  await writeFile(join(dataDir, "emulator.json"), content);
  await start();
});

it("does not make another database in place of one that is lost", async () => {
  await start();
  await rm(join(dataDir, "database"), { recursive: true });
  await expect(start()).rejects.toThrow(`There is no database in ${join(dataDir, "database")} any more.`);
});

it("says that its database is damaged", async () => {
  await start();
  await writeFile(join(dataDir, "database", "global", "pg_control"), "x".repeat(8192));
  await expect(start()).rejects.toThrow(/^The database in .*database cannot be opened: it is damaged \(.+\)\.$/);
});

it("is let go of also where that can no longer be written down", async () => {
  const { lock } = openDataFolder(dataDir);
  await rm(dataDir, { recursive: true });
  expect(() => lock.release()).not.toThrow();
});
