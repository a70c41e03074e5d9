import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AuthenticationError } from "../errors/authentication-error.ts";
import { ConnectionError } from "../errors/connection-error.ts";
import { deferred } from "../timing/deferred.ts";
import type { Session } from "./session-store.ts";
import { MINUTE, manager, refusal, session, settle, useFakeClocks } from "./testing/session-harness.ts";

beforeEach(useFakeClocks);

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe.each([
  ["shared promises", true],
  ["values only, as in Workers", false],
])("the session with %s", (_name, sharesPromises) => {
  it("is refreshed once for all who need it at the same moment", async () => {
    const { made, spent } = manager(session("a", 30_000), { sharesPromises });
    const tokens = Promise.all([1, 2, 3].map(() => made.accessToken()));
    await vi.advanceTimersByTimeAsync(100);
    expect(new Set(await tokens).size).toBe(1);
    expect(spent).toEqual(["a"]);
  });

  it("gives one failure to all who wait for it", async () => {
    const failure = new ConnectionError("no", { kind: "auth" } as never);
    const { made, spent } = manager(session("a", -1), { sharesPromises, refresh: () => Promise.reject(failure) });
    const outcomes = Promise.allSettled([1, 2, 3].map(() => made.accessToken()));
    await vi.advanceTimersByTimeAsync(100);
    expect(await outcomes).toEqual([1, 2, 3].map(() => ({ status: "rejected", reason: failure })));
    expect(spent).toEqual(["a"]);
  });

  it("remembers a refused token instead of asking again", async () => {
    const { made, spent } = manager(session("a", -1), { sharesPromises, refresh: () => Promise.reject(refusal()) });
    await expect(made.accessToken()).rejects.toThrow(AuthenticationError);
    await expect(made.accessToken()).rejects.toThrow("was refused");
    expect(spent).toEqual(["a"]);
  });
});

describe("where promises cannot be shared", () => {
  const options = { sharesPromises: false, refreshesInBackground: false };

  it("lets another request take the refresh over from one that has died", async () => {
    let attempts = 0;
    const { made, spent } = manager(session("a", -1), {
      ...options,
      refresh: (token) =>
        attempts++ === 0 ? new Promise(() => undefined) : Promise.resolve(session(`${token}+`, MINUTE * 60)),
    });
    void made.accessToken();
    await settle();
    const token = made.accessToken();
    await vi.advanceTimersByTimeAsync(4_900);
    expect(spent).toEqual(["a"]);
    await vi.advanceTimersByTimeAsync(200);
    expect(await token).not.toBe("");
    expect(spent).toEqual(["a", "a"]);
  });

  it("keeps what the one that took over has got, when the other comes back late with less", async () => {
    const late = deferred<Session>();
    let attempts = 0;
    const { made } = manager(session("a", -1), {
      ...options,
      refresh: async () => (attempts++ === 0 ? late.promise : session("newer", 60 * MINUTE)),
    });
    const older = session("older", 59 * MINUTE);
    const first = made.accessToken();
    await settle();
    const second = made.accessToken();
    await vi.advanceTimersByTimeAsync(5_100);
    late.resolve(older);
    expect(await first).toBe(await second);
    expect((await made.find())?.refreshToken).toBe("newer");
  });

  it("ends a wait by its own signal", async () => {
    const { made } = manager(session("a", -1), { ...options, refresh: () => new Promise(() => undefined) });
    void made.accessToken();
    await settle();
    const controller = new AbortController();
    const wait = made.accessToken(controller.signal);
    controller.abort("enough");
    await expect(wait).rejects.toBe("enough");
  });
});
