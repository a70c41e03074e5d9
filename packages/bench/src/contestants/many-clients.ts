// What a client costs that is only there: of many users in one process, each with a store of its own.
import { setTimeout as sleep } from "node:timers/promises";
import { Flowith, keyValueSessionStore } from "flowith-webapi/node";
import { readTask, report } from "./task.ts";
import { TOKEN } from "./wire.ts";

const task = readTask();
const sessions = new Map<string, string>();
const store = {
  get: async (key: string): Promise<string | null> => sessions.get(key) ?? null,
  set: async (key: string, value: string): Promise<void> => void sessions.set(key, value),
  delete: async (key: string): Promise<void> => void sessions.delete(key),
};
const session = JSON.stringify({ accessToken: TOKEN, refreshToken: "", expiresAtMs: null, userId: "" });

async function heapBytes(): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let reading = 0; reading < 8; reading++) {
    globalThis.gc?.();
    least = Math.min(least, process.memoryUsage().heapUsed);
    await sleep(20);
  }
  return least;
}

function makeClients(from: number, to: number, isSignedIn: boolean): Flowith[] {
  return Array.from({ length: to - from }, (_, index) => {
    const key = `user ${from + index}`;
    if (isSignedIn) sessions.set(key, session);
    return new Flowith({ store: keyValueSessionStore(store, key), edgeUrl: task.url, supabaseUrl: task.url });
  });
}

/** @returns heap a client, without what the first tenth brings besides: code, compiled and not */
async function heapOf(isSignedIn: boolean): Promise<{ heapBytes: number; microseconds: number }> {
  const first = Math.ceil(task.atOnce / 10);
  const kept = makeClients(0, first, isSignedIn);
  for (const flowith of kept) await flowith.auth.session();
  // The stored texts are the store's, and there before it is measured.
  for (let index = first; index < task.atOnce; index++) if (isSignedIn) sessions.set(`user ${index}`, session);
  const before = await heapBytes();
  const startedAtMs = performance.now();
  const more = makeClients(first, task.atOnce, isSignedIn);
  const microseconds = ((performance.now() - startedAtMs) * 1000) / more.length;
  if (isSignedIn) for (const flowith of more) await flowith.auth.session();
  const bytes = (await heapBytes()) - before;
  // All of them live until here.
  if (kept.length + more.length !== task.atOnce) throw new Error("Some were not made.");
  sessions.clear();
  return { heapBytes: bytes / more.length, microseconds };
}

const made = await heapOf(false);
const signedIn = await heapOf(true);
report({
  heapBytesPerClient: made.heapBytes,
  heapBytesPerSignedIn: signedIn.heapBytes,
  microsecondsPerClient: made.microseconds,
});
process.exit(0);
