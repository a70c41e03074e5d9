import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { deferred } from "../timing/deferred.ts";
import type { Session } from "./session-store.ts";
import { MINUTE, manager, refusal, session, settle, useFakeClocks } from "./testing/session-harness.ts";

beforeEach(useFakeClocks);

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe("a session that runs out", () => {
  it("serves while it is refreshed in the background, from 10 min before its end", async () => {
    const answer = deferred<Session>();
    const { made, spent } = manager(session("a", 9 * MINUTE), { refresh: () => answer.promise });
    const first = await made.accessToken();
    expect(await made.accessToken()).toBe(first);
    expect(spent).toEqual(["a"]);
    answer.resolve(session("b", 60 * MINUTE));
    await settle();
    expect(await made.accessToken()).not.toBe(first);
  });

  it("is left alone before that", async () => {
    const { made, spent } = manager(session("a", 11 * MINUTE));
    await made.accessToken();
    await settle();
    expect(spent).toEqual([]);
  });

  it("goes on when an early refresh fails, which is not tried again for 30 s", async () => {
    const given = session("a", 9 * MINUTE);
    const { made, spent } = manager(given, { refresh: () => Promise.reject(refusal()) });
    for (let calls = 0; calls < 5; calls++) {
      expect(await made.accessToken()).toBe(given.accessToken);
      await settle();
    }
    expect(spent).toEqual(["a"]);
  });

  it("is waited for by one call only, each 30 s, where the auth server is down and the token serves", async () => {
    const given = session("a", 59_000);
    const { made, spent } = manager(given, { refresh: () => Promise.reject(new Error("down")) });
    for (let call = 0; call < 5; call++) expect(await made.accessToken()).toBe(given.accessToken);
    expect(spent).toEqual(["a"]);
    await vi.advanceTimersByTimeAsync(30_000);
    for (let call = 0; call < 5; call++) expect(await made.accessToken()).toBe(given.accessToken);
    expect(spent).toEqual(["a", "a"]);
    await vi.advanceTimersByTimeAsync(29_000);
    await expect(made.accessToken()).rejects.toThrow("down");
  });

  it("makes its callers wait in a Worker, unless something keeps the work alive", async () => {
    const blocking = manager(session("a", 59_000), { refreshesInBackground: false, sharesPromises: false });
    await blocking.made.accessToken();
    expect(blocking.spent).toEqual(["a"]);
    const kept: Promise<unknown>[] = [];
    const beside = manager(session("a", 9 * MINUTE), {
      refreshesInBackground: false,
      sharesPromises: false,
      waitUntil: (work) => kept.push(work),
    });
    await beside.made.accessToken();
    expect(kept).toHaveLength(1);
    await Promise.all(kept);
    expect(beside.spent).toEqual(["a"]);
  });
});
