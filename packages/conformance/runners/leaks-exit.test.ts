import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const commands = {
  Node: ["node", "--disable-warning=ExperimentalWarning"],
  Deno: ["deno", "run", "--node-modules-dir=manual", "--no-lock", "--allow-all"],
} as const;

const main = fileURLToPath(new URL("./leaks-exit-main.ts", import.meta.url));
/** The default linger time is 1 s; the rest is for a machine that has much else to do. */
const GENEROUS_MS = 8_000;

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ replay: false, seed: false, firstEventMs: 20, imageMs: 20 });
});

afterAll(() => emulator.close());

/** Runs a script to its end. @returns its exit code and how long the process lived on after it was done */
function run(runtime: keyof typeof commands, ending: string): Promise<{ code: number | null; lingeredMs: number }> {
  const [command, ...args] = commands[runtime];
  return new Promise((resolve, reject) => {
    let doneAtMs: number | undefined;
    let said = "";
    const child = execFile(
      command,
      [...args, main, emulator.url, ending],
      { timeout: 25_000 },
      (_error, _out, stderr) => {
        said = stderr;
      },
    );
    child.stdout?.on("data", () => {
      doneAtMs ??= performance.now();
    });
    child.on("close", (code) => {
      if (doneAtMs === undefined) reject(new Error(`the script did not come to its end: ${said}`));
      else resolve({ code, lingeredMs: performance.now() - doneAtMs });
    });
  });
}

describe.concurrent.each(["Node", "Deno"] as const)("in %s, a script", { retry: 1 }, (runtime) => {
  it.each([
    "ok",
    "a conversation that gets a title",
    "picture",
    "error",
    "break",
    "abort",
    "limit",
    "a job that is left to itself",
    "close",
    "await using, in the middle of a job",
  ])("exits by itself after: %s", async (ending) => {
    const { code, lingeredMs } = await run(runtime, ending);
    expect(code).toBe(0);
    expect(lingeredMs).toBeLessThan(GENEROUS_MS);
  });
});
