import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { copyFile, mkdtemp, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const run = promisify(execFile);
const folder = fileURLToPath(new URL("../", import.meta.url));
const readme = readFileSync(join(folder, "../../README.md"), "utf8");

const expected: Record<string, RegExp> = {
  "text.ts": /nothing lost[\s\S]*characters/,
  "conversation.ts": /Alice/,
  "picture.ts": /submitted[\s\S]*outputs\/.*\.png \d+/,
  "file.ts": /mill/,
  "errors.ts": /total limit/,
};

let emulator: Emulator;
let place: string;

beforeAll(async () => {
  emulator = await startEmulator();
  // The examples write to where they run; a copy beside the originals finds the same packages.
  place = await mkdtemp(join(folder, ".run-"));
  for (const name of [...Object.keys(expected), "notes.md", "package.json"])
    await copyFile(join(folder, name), join(place, name));
  await symlink(join(folder, "node_modules"), join(place, "node_modules"));
});

afterAll(async () => {
  await rm(place, { recursive: true, force: true });
  await emulator.close();
});

describe("the README", () => {
  it("shows the five examples as they are", () => {
    const blocks = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1]);
    expect(blocks).toEqual(Object.keys(expected).map((name) => readFileSync(join(folder, name), "utf8")));
  });

  it.each(Object.entries(expected))("%s runs", async (name, output) => {
    const [alice] = emulator.users;
    const env = {
      ...process.env,
      FLOWITH_TOKEN: alice?.token,
      FLOWITH_REFRESH_TOKEN: "",
      FLOWITH_EDGE_URL: emulator.edgeUrl,
      FLOWITH_SUPABASE_URL: emulator.supabaseUrl,
      FLOWITH_SUPABASE_KEY: emulator.supabaseKey,
    };
    const { stdout, stderr } = await run(process.execPath, [name], { cwd: place, env, timeout: 30_000 });
    expect(stdout).toMatch(output);
    expect(stderr).toBe("");
  });
});
