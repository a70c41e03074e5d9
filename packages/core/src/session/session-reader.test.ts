import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { leveledLogger } from "../options/logger.ts";
import { deferred } from "../timing/deferred.ts";
import { SessionManager } from "./session-manager.ts";
import type { Session, SessionStore } from "./session-store.ts";
import { MINUTE, manager, memoryStore, session, settle, useFakeClocks } from "./testing/session-harness.ts";

beforeEach(useFakeClocks);

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe("a store that others change", () => {
  it("is read again by a call when its last reading is over 5 s old, once for all", async () => {
    const store = memoryStore(session("a", 60 * MINUTE));
    const { made } = manager(undefined, { store });
    await made.accessToken();
    await vi.advanceTimersByTimeAsync(5_000);
    await made.accessToken();
    expect(store.loads).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    await Promise.all([made.accessToken(), made.userId(), made.find()]);
    expect(store.loads).toBe(2);
  });

  it("signs out here where it was emptied there, and says so", async () => {
    const store = memoryStore(session("a", 60 * MINUTE));
    const { made, changes } = manager(undefined, { store });
    await made.accessToken();
    store.held = null;
    await vi.advanceTimersByTimeAsync(5_001);
    await expect(made.accessToken()).rejects.toThrow("has signed out");
    await expect(made.userId()).rejects.toThrow("has signed out");
    expect(await made.find()).toBeUndefined();
    expect(changes).toEqual(["signed-out"]);
  });

  it("signs out here though it was empty at the start, and emptied right after the first session was saved", async () => {
    const store = memoryStore();
    const { made, changes } = manager(session("a", 60 * MINUTE), { store });
    await made.forceRefresh({});
    store.held = null;
    await vi.advanceTimersByTimeAsync(5_001);
    await expect(made.accessToken()).rejects.toThrow("has signed out");
    expect(changes).toEqual(["refreshed", "signed-out"]);
  });

  it("gives a session that was refreshed there, and not another user's", async () => {
    const store = memoryStore(session("a", 60 * MINUTE));
    const { made, changes, spent } = manager(undefined, { store });
    await made.accessToken();
    const renewed = session("a+", 61 * MINUTE);
    store.held = renewed;
    await vi.advanceTimersByTimeAsync(5_001);
    expect(await made.accessToken()).toBe(renewed.accessToken);
    store.held = session("b", 62 * MINUTE, "bob");
    await vi.advanceTimersByTimeAsync(5_001);
    expect(await made.accessToken()).toBe(renewed.accessToken);
    store.held = null;
    await vi.advanceTimersByTimeAsync(5_001);
    expect(await made.accessToken()).toBe(renewed.accessToken);
    expect({ changes, spent }).toEqual({ changes: ["refreshed"], spent: [] });
  });

  it("does not stop a call by failing, and is asked again 5 s later only", async () => {
    const store = memoryStore(session("a", 60 * MINUTE));
    const { made } = manager(undefined, { store });
    const token = await made.accessToken();
    let asked = 0;
    store.load = () => {
      asked++;
      return Promise.reject(new Error("no connection"));
    };
    await vi.advanceTimersByTimeAsync(5_001);
    for (let call = 0; call < 3; call++) expect(await made.accessToken()).toBe(token);
    expect(asked).toBe(1);
  });

  it("is not waited for long where it gives no answer", async () => {
    const store = memoryStore(session("a", 60 * MINUTE));
    const { made } = manager(undefined, { store });
    const token = await made.accessToken();
    let asked = 0;
    store.load = () => {
      asked++;
      return new Promise(() => undefined);
    };
    await vi.advanceTimersByTimeAsync(5_001);
    const calls = Promise.all([made.accessToken(), made.accessToken()]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await calls).toEqual([token, token]);
    expect(await made.accessToken()).toBe(token);
    expect(asked).toBe(1);
  });

  it("does not sign out who signs in while it is being read", async () => {
    const store = memoryStore(session("a", 60 * MINUTE));
    const { made, changes } = manager(undefined, { store });
    await made.accessToken();
    const reading = deferred<null>();
    const { load } = store;
    store.load = () => reading.promise;
    await vi.advanceTimersByTimeAsync(5_001);
    const token = made.accessToken();
    store.load = load;
    const next = session("b", 60 * MINUTE);
    await made.signIn(next);
    reading.resolve(null);
    expect(await token).toBe(next.accessToken);
    expect(changes).toEqual(["signed-in"]);
  });
});

describe("a store that tells of changes", () => {
  function telling(initial: Session | null) {
    const listeners = new Set<() => void>();
    const store: SessionStore & { held: Session | null } = {
      ...memoryStore(initial),
      subscribe(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    };
    const change = async (held: Session | null): Promise<void> => {
      store.held = held;
      for (const listener of listeners) listener();
      await settle();
    };
    return { store, listeners, change };
  }

  it("is subscribed to for as long as there are listeners", () => {
    const { store, listeners } = telling(null);
    const made = new SessionManager({
      store,
      refreshesInBackground: true,
      sharesPromises: true,
      logger: leveledLogger(),
      refresh: () => Promise.reject(new Error("none")),
    });
    expect(listeners.size).toBe(0);
    const stops = [1, 2].map(() => made.changes.add(() => undefined));
    expect(listeners.size).toBe(1);
    for (const stop of stops) {
      stop();
      stop();
    }
    expect(listeners.size).toBe(0);
    made.changes.add(() => undefined);
    expect(listeners.size).toBe(1);
  });

  it("makes a sign-out, a sign-in and a refresh over there known at once, without a call", async () => {
    const { store, change } = telling(session("a", 60 * MINUTE));
    const { made, changes } = manager(undefined, { store });
    await made.find();
    await change(null);
    await change(session("b", 60 * MINUTE));
    await change(session("b+", 61 * MINUTE));
    await change(store.held);
    expect(changes).toEqual(["signed-out", "signed-in", "refreshed"]);
  });

  it("tells of a session that comes before anybody has asked for one", async () => {
    const { store, change } = telling(null);
    const { changes } = manager(undefined, { store });
    await change(session("a", 60 * MINUTE));
    expect(changes).toEqual(["signed-in"]);
  });

  it("is read anew after a reading that was under way when it changed", async () => {
    const { store, change } = telling(session("a", 60 * MINUTE));
    const { made, changes } = manager(undefined, { store });
    await made.find();
    const reading = deferred<Session | null>();
    const load = store.load.bind(store);
    const before = store.held;
    store.load = () => reading.promise;
    await vi.advanceTimersByTimeAsync(5_001);
    const call = made.find();
    store.load = load;
    await change(null);
    reading.resolve(before);
    await call;
    await settle();
    expect(changes).toEqual(["signed-out"]);
  });

  it("harms nobody by failing to", async () => {
    const { store } = telling(session("a", 60 * MINUTE));
    store.subscribe = () => {
      throw new Error("not here");
    };
    const { made } = manager(undefined, { store });
    expect(await made.accessToken()).not.toBe("");
  });
});
