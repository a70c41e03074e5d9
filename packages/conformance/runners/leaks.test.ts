import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { points } from "./leaks-points.ts";

const run = promisify(execFile);

const commands = {
  Node: ["node", "--disable-warning=ExperimentalWarning"],
  Deno: ["deno", "run", "--node-modules-dir=manual", "--no-lock", "--allow-all"],
} as const;

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ replay: false, seed: false, firstEventMs: 20, imageMs: 20, videoMs: 20 });
});

afterAll(() => emulator.close());

describe.each(["Node", "Deno"] as const)("in %s, a call that is aborted", (runtime) => {
  let results: Map<string, unknown>;

  beforeAll(async () => {
    const [command, ...args] = commands[runtime];
    const main = fileURLToPath(new URL("./leaks-abort-main.ts", import.meta.url));
    const { stdout } = await run(command, [...args, main, emulator.url], { timeout: 100_000 });
    const lines = stdout.split("\n").filter((line) => line.startsWith("{"));
    const parsed = lines.map((line): { point: string; result: unknown } => JSON.parse(line));
    results = new Map(parsed.map(({ point, result }) => [point, result]));
  });

  it.each(points.map(({ name }) => name))(
    "%s: it ends with the caller's reason, if at all, and leaves nothing behind",
    (name) => {
      expect(results.get(name)).toEqual({ listeners: 0, openAnswers: [], files: [], timers: 0 });
    },
  );
});
