import { fileURLToPath } from "node:url";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import type { FlowithOptions } from "flowith-webapi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorker, workerBundle } from "../../emulator/src/testing/in-workerd.ts";

let emulator: Emulator;
let script: string;

beforeAll(async () => {
  emulator = await startEmulator();
  script = await workerBundle(fileURLToPath(new URL("./workerd-requests-main.ts", import.meta.url)));
});

afterAll(() => emulator.close());

/** A Worker, and requests to it. */
async function workerOf(
  user: { token: string; refreshToken: string },
  compatibilityDate = "2026-07-01",
  wishes: FlowithOptions = {},
) {
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  const { token, refreshToken } = user;
  const options = { token, refreshToken, edgeUrl, supabaseUrl, supabaseKey, ...wishes };
  const worker = await startWorker(`const OPTIONS = ${JSON.stringify(options)};\n${script}`, { compatibilityDate });
  const url = await worker.ready;
  const request = async (task: string, signal?: AbortSignal): Promise<string> =>
    (await fetch(new URL(task, url), { signal: signal ?? null })).text();
  return { request, [Symbol.asyncDispose]: () => worker.dispose() };
}

function grants(userId: string): (number | null)[] {
  return emulator.journal.list({ user: userId, route: "POST /auth/v1/token" }).map((entry) => entry.status);
}

describe("one client for requests that come side by side in a Worker", () => {
  it("refreshes once for all of them", async () => {
    const user = await emulator.createUser({ expiresInSeconds: -60 });
    await using worker = await workerOf(user);
    const answers = await Promise.all(Array.from({ length: 8 }, () => worker.request("user")));
    expect(new Set(answers)).toEqual(new Set([user.id]));
    expect(grants(user.id)).toEqual([200]);
  });

  it.each([
    ["text", "2026-07-01"],
    ["stream", "2026-07-01"],
    ["image", "2026-07-01"],
    // Before workerd let a promise be resolved by another request.
    ["text", "2024-09-01"],
  ])("serves each its own %s, however they overlap, at the compatibility date %s", async (task, date) => {
    const user = await emulator.createUser();
    await using worker = await workerOf(user, date);
    const answers: Promise<string>[] = [];
    // Each begins while others are at work, and ends before others: what one has begun must not be needed by another.
    for (let started = 0; started < 6; started++) {
      answers.push(worker.request(task));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const expected = task === "image" ? /^submitted.*waiting.* http/ : /Warsaw/;
    for (const answer of await Promise.all(answers)) expect(answer).toMatch(expected);
    expect(await worker.request(task)).toMatch(expected);
  });

  it("goes on with the others when one is given up", async () => {
    const user = await emulator.createUser();
    await using worker = await workerOf(user);
    const stop = new AbortController();
    const first = worker.request("text", stop.signal).catch(() => "given up");
    await new Promise((resolve) => setTimeout(resolve, 150));
    const others = [worker.request("text"), worker.request("image")];
    stop.abort();
    expect(await first).toBe("given up");
    expect(await Promise.all(others)).toEqual([expect.stringContaining("Warsaw"), expect.stringContaining("http")]);
  });

  it("counts the requests in flight of each apart", async () => {
    const user = await emulator.createUser();
    await using worker = await workerOf(user, undefined, { maxRequests: 1 });
    const route = "GET /user/credits";
    const slow = emulator.faults.arm({ type: "delay", ms: 60_000, route, user: user.id });
    const first = worker.request("credits");
    const sent = () => emulator.journal.list({ user: user.id, route }).length;
    await expect.poll(sent, { timeout: 5_000 }).toBe(1);
    expect(await Promise.race([first.then(() => "the slow one"), worker.request("credits")])).toMatch(/grants$/);
    emulator.faults.remove(slow.id);
    expect(await first).toMatch(/grants$/);
  });

  it("follows the jobs of another user who has signed in by that user's events, and leaves those of before alone", async () => {
    const [alice, bob] = [await emulator.createUser(), await emulator.createUser({ password: "correct horse" })];
    await using worker = await workerOf(alice, undefined, { events: { quietMs: { text: 60_000 } } });
    const opened = (user: { id: string }) =>
      emulator.journal.list({ user: user.id, route: "GET /user_stream/stream" }).length;
    const reader = worker.request("events");
    await expect.poll(() => opened(alice), { timeout: 5_000 }).toBe(1);
    const sign = new URLSearchParams({ email: bob.email, password: "correct horse" });
    expect(await worker.request(`signIn?${sign}`)).toBe(bob.id);
    expect(await worker.request("text")).toContain("Warsaw");
    expect([opened(alice), opened(bob)]).toEqual([1, 1]);
    const other = await workerOf(alice);
    await other.request("text");
    await other[Symbol.asyncDispose]();
    expect(await reader).toMatch(/^event /);
  });

  it("leaves a title out that nothing lets outlive the response", async () => {
    const user = await emulator.createUser();
    await using worker = await workerOf(user);
    expect(await worker.request("conversation")).toContain("Warsaw");
    expect(emulator.journal.list({ user: user.id, route: "POST /completion/conversation-title" })).toEqual([]);
  });

  it("lets each read the events", async () => {
    const user = await emulator.createUser();
    await using worker = await workerOf(user);
    const readers = [worker.request("events"), worker.request("events")];
    const opened = () => emulator.journal.list({ user: user.id, route: "GET /user_stream/stream" }).length;
    await expect.poll(opened, { timeout: 5_000 }).toBe(2);
    await worker.request("text");
    for (const answer of await Promise.all(readers)) expect(answer).toMatch(/^event /);
  });
});
