import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { type Emulator, type EmulatorUser, startEmulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const main = fileURLToPath(new URL("../dist/main.js", import.meta.url));

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ imageMs: 20, videoMs: 1_500 });
});
afterAll(() => emulator.close());

/** The built program, in a folder of its own. */
function start(user: EmulatorUser, cwd: string, args: readonly string[], stdout: "pipe" | number = "pipe") {
  const env = {
    PATH: process.env.PATH,
    FLOWITH_HOME: join(cwd, "home"),
    FLOWITH_EDGE_URL: emulator.edgeUrl,
    FLOWITH_SUPABASE_URL: emulator.supabaseUrl,
    FLOWITH_SUPABASE_KEY: emulator.supabaseKey,
    FLOWITH_TOKEN: user.token,
    FLOWITH_REFRESH_TOKEN: user.refreshToken,
  };
  const child = spawn(process.execPath, [main, ...args], { cwd, env, stdio: ["ignore", stdout, "pipe"] });
  const said = { stdout: "", stderr: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    said.stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said.stderr += text;
  });
  const ended = new Promise<{ exitCode: number | null; stdout: string; stderr: string }>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ exitCode, ...said }));
  });
  return { child, ended };
}

const folder = (): Promise<string> => mkdtemp(join(tmpdir(), "flowith-cli-"));
const posts = (route: string, user: EmulatorUser): number => emulator.journal.list({ route, user: user.id }).length;

describe("the program as it is built", () => {
  it("ends a wait at Ctrl-C, and another run fetches the clip that was paid for once", async () => {
    const user = await emulator.createUser();
    const cwd = await folder();
    const { child, ended } = start(user, cwd, ["video", "Waves"]);
    expect(await emulator.journal.waitFor({ route: "POST /video/async", user: user.id }, 30_000)).toBeDefined();
    child.kill("SIGINT");
    const { exitCode, stdout, stderr } = await ended;
    expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: "" });
    const command = /flowith (jobs wait \S+)\n$/.exec(stderr)?.[1] ?? "";
    const waited = await start(user, cwd, command.split(" ")).ended;
    expect(waited).toEqual({ exitCode: 0, stdout: expect.stringMatching(/\.mp4\n$/), stderr: "" });
    expect((await readFile(waited.stdout.trimEnd())).length).toBeGreaterThan(0);
    expect(posts("POST /video/async", user)).toBe(1);
  });

  it("keeps the job where its process is killed", async () => {
    const user = await emulator.createUser();
    const cwd = await folder();
    const { child, ended } = start(user, cwd, ["video", "Waves"]);
    expect(await emulator.journal.waitFor({ route: "POST /video/async", user: user.id }, 30_000)).toBeDefined();
    child.kill("SIGKILL");
    await ended;
    expect((await start(user, cwd, ["jobs", "wait", "--all"]).ended).exitCode).toBe(0);
    expect(posts("POST /video/async", user)).toBe(1);
  });

  it.skipIf(process.platform !== "linux")("says that stdout is full, and keeps the picture's job", async () => {
    const user = await emulator.createUser();
    const cwd = await folder();
    const full = openSync("/dev/full", "w");
    try {
      const { exitCode, stderr } = await start(user, cwd, ["image", "A boat", "-o", "-"], full).ended;
      expect(exitCode).toBe(1);
      expect(stderr).toContain("ENOSPC");
      expect(stderr).toMatch(/flowith jobs wait \S+/);
    } finally {
      closeSync(full);
    }
    expect((await start(user, cwd, ["jobs", "wait", "--all", "-o", "boat.png"]).ended).exitCode).toBe(0);
    expect(await readdir(cwd)).toContain("boat.png");
    expect(posts("POST /image_gen/async", user)).toBe(1);
  });
});
