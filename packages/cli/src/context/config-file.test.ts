import { mkdir, mkdtemp, readdir, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { changeConfig, readConfig } from "./config-file.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "flowith-cli-"));
});
afterEach(() => rm(folder, { recursive: true }));

const add = (name: string): Promise<void> =>
  changeConfig(folder, (config) => ({ ...config, profiles: { ...config.profiles, [name]: {} } }));

describe("changeConfig", () => {
  it("loses none of the changes that are made at once, and leaves nothing beside the file", async () => {
    const names = ["a", "b", "c", "d", "e"];
    await Promise.all(names.map(add));
    expect(Object.keys((await readConfig(folder)).profiles ?? {}).sort()).toEqual(names);
    expect(await readdir(folder)).toEqual(["config.json"]);
  });

  it("does not wait for a program that was killed in the middle of a change", async () => {
    const lock = join(folder, "config.json.lock");
    await mkdir(lock);
    await utimes(lock, 0, 0);
    await add("a");
    expect(await readConfig(folder)).toEqual({ profiles: { a: {} } });
  });
});
