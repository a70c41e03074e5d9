// What jobs cost that only wait: heap in this process, connections at the server.
import { setTimeout as sleep } from "node:timers/promises";
import { Flowith } from "flowith-webapi/node";
import { PROMPTS } from "../load-server/jobs.ts";
import { counts } from "./control.ts";
import { readTask, report } from "./task.ts";
import { TOKEN } from "./wire.ts";

const WAVE = 100;

const task = readTask();
const flowith = new Flowith({ token: TOKEN, edgeUrl: task.url, supabaseUrl: task.url });
let submitted = 0;
let onSubmitted: () => void = () => undefined;

const onProgress = ({ phase }: { phase: string }): void => {
  if (phase !== "submitted") return;
  submitted++;
  onSubmitted();
};

async function submit(count: number): Promise<void> {
  const wanted = submitted + count;
  const { promise, resolve } = Promise.withResolvers<void>();
  onSubmitted = () => {
    if (submitted >= wanted) resolve();
  };
  // Limits that run, as they do by default, but not out.
  const options = { timeout: { firstEventMs: 3_600_000, totalMs: 7_200_000 }, onProgress };
  const fail = (error: unknown): never => {
    throw error;
  };
  for (let number = 0; number < count; number++) {
    if (task.isMedia) flowith.generateImage(PROMPTS.wait, options).catch(fail);
    else flowith.generate(PROMPTS.wait, options).catch(fail);
  }
  await promise;
}

/** The least of some readings: what finalizers let go of is garbage only a turn later, and rows are asked meanwhile. */
async function heapBytes(): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let reading = 0; reading < 8; reading++) {
    globalThis.gc?.();
    least = Math.min(least, process.memoryUsage().heapUsed);
    await sleep(100);
  }
  return least;
}

/** Posts in waves, and waits until the runtime's pool has let go of what it needed for that. */
async function wait(count: number): Promise<number> {
  for (let left = count; left > 0; left -= WAVE) await submit(Math.min(left, WAVE));
  await sleep(task.settleMs);
  return heapBytes();
}

// What the first tenth brings besides (code, compiled and not) is not what a job costs.
const first = Math.ceil(task.waiting / 10);
const before = await wait(first);
const heap = task.waiting > first ? await wait(task.waiting - first) : before;
const { streams, openConnections, mostOpen } = await counts(task);
report({
  streams,
  openConnections,
  mostOpen,
  heapMegabytes: heap / 1e6,
  ...(task.waiting > first ? { heapBytesPerJob: (heap - before) / (task.waiting - first) } : {}),
});
process.exit(0);
