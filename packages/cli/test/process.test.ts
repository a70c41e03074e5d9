import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const main = fileURLToPath(new URL("../dist/main.js", import.meta.url));

let emulator: Emulator;
let home: string;
beforeAll(async () => {
  [emulator, home] = await Promise.all([startEmulator(), mkdtemp(join(tmpdir(), "flowith-cli-"))]);
});
afterAll(async () => {
  await emulator.close();
  await rm(home, { recursive: true, force: true });
});

interface Program {
  child: ChildProcess;
  /** Resolves with what has been written once it holds these words. */
  wrote(words: string): Promise<void>;
  /** How it ended, and all that it wrote. */
  end: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

async function start(...args: string[]): Promise<Program> {
  const user = await emulator.createUser();
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  const env = {
    ...process.env,
    FLOWITH_HOME: home,
    FLOWITH_EDGE_URL: edgeUrl,
    FLOWITH_SUPABASE_URL: supabaseUrl,
    FLOWITH_SUPABASE_KEY: supabaseKey,
    FLOWITH_TOKEN: user.token,
    FLOWITH_REFRESH_TOKEN: user.refreshToken,
  };
  const child = spawn(process.execPath, [main, ...args], { env, cwd: home, stdio: ["ignore", "pipe", "pipe"] });
  const written = { stdout: "", stderr: "" };
  const waiting = new Set<() => void>();
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (part: string) => {
      written[name] += part;
      for (const look of waiting) look();
    });
  }
  return {
    child,
    wrote: (words) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!(written.stdout + written.stderr).includes(words)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    end: once(child, "close").then(([code]) => ({ code, ...written })),
  };
}

describe("flowith, as a process", () => {
  it("tells its version", async () => {
    const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
    const { end } = await start("--version");
    expect(await end).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });

  it("ends by itself when it is done", async () => {
    const { end } = await start("text", "What is the capital of Poland?");
    expect(await end).toMatchObject({ code: 0, stdout: expect.stringContaining("Warsaw"), stderr: "" });
  });

  it("ends with 130 after Ctrl-C, with what has come on stdout and no stack", async () => {
    emulator.model.add({ match: "count slowly", fragments: ["one ", "two ", "three"], delayMs: 60_000 });
    const { child, wrote, end } = await start("text", "count slowly");
    await wrote("one");
    child.kill("SIGINT");
    const { code, stdout, stderr } = await end;
    expect({ code, stdout }).toEqual({ code: 130, stdout: expect.stringContaining("one") });
    expect(stderr).toContain("flowith jobs wait");
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it("ends quietly when its reader goes away", async () => {
    emulator.model.add({ match: "much", reply: "many words ".repeat(20_000) });
    const { child, wrote, end } = await start("text", "much");
    await wrote("many");
    child.stdout?.destroy();
    expect(await end).toMatchObject({ code: 141, stderr: "" });
  });
});
