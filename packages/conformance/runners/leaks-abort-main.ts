// Run by Node and by Deno: aborts a call at every point of the path, and tells what each was rejected with and what was
// left of it, one line of JSON a point, on the emulator whose URL is the first argument.
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import type { Point } from "./leaks-calls.ts";
import { countTimers } from "./leaks-counters.ts";
import { points } from "./leaks-points.ts";
import { newScene } from "./leaks-scene.ts";

const emulatorUrl = process.argv[2] ?? "";
const pause = globalThis.setTimeout;
const timers = countTimers();
/** Cancelling a transfer takes a turn or two of the loop. */
const GRACE_MS = 1_000;

async function probe({ run, expiresInSeconds }: Point): Promise<Record<string, unknown>> {
  const folder = await mkdtemp(join(tmpdir(), "flowith-leaks-"));
  const scene = await newScene(emulatorUrl, folder, expiresInSeconds === undefined ? {} : { expiresInSeconds });
  const errors = await run(scene);
  const isReason = errors.every((error) => error === scene.reason);
  const untilMs = Date.now() + GRACE_MS;
  for (;;) {
    const left = { ...(await scene.left()), timers: timers() };
    if (JSON.stringify(left) === NOTHING || Date.now() > untilMs) {
      return { ...(isReason ? {} : { errors: errors.map(String) }), ...left };
    }
    await new Promise((resolve) => pause(resolve, 5));
  }
}

const NOTHING = JSON.stringify({ listeners: 0, openAnswers: [], files: [], timers: 0 });

for (const point of points) {
  const result = await probe(point).catch((error: unknown) => ({ failed: String(error) }));
  console.log(JSON.stringify({ point: point.name, result }));
}
process.exit(0);
