import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SessionStoreError } from "../errors/session-store-error.ts";
import type { SessionStore } from "./session-store.ts";
import { MINUTE, manager, memoryStore, refusal, session, settle, useFakeClocks } from "./testing/session-harness.ts";

beforeEach(useFakeClocks);

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe("with another tab or process on the same store", () => {
  it("takes the session that the other one has refreshed, without a request", async () => {
    const ours = session("a", 30_000);
    const store = memoryStore(ours);
    const { made, spent, changes } = manager(undefined, { store });
    await made.find();
    store.held = session("b", 60 * MINUTE);
    expect(await made.accessToken()).toBe(store.held.accessToken);
    expect(spent).toEqual([]);
    expect(changes).toEqual(["refreshed"]);
  });

  it("takes the other one's when ours was refused because of it", async () => {
    const store = memoryStore(session("a", 30_000));
    const { made, spent } = manager(undefined, {
      store,
      refresh: () => {
        store.held = session("b", 60 * MINUTE);
        return Promise.reject(refusal());
      },
    });
    expect(await made.accessToken()).toBe(store.held && (await made.find())?.accessToken);
    expect(store.held?.refreshToken).toBe("b");
    expect(spent).toEqual(["a"]);
  });

  it("never writes an older session over a newer one", async () => {
    const store = memoryStore(session("a", 30_000));
    const { made } = manager(undefined, {
      store,
      refresh: async () => {
        const ours = session("ours", 60 * MINUTE);
        store.held = session("newer", 61 * MINUTE);
        return ours;
      },
    });
    await made.accessToken();
    expect(store.held?.refreshToken).toBe("newer");
    expect((await made.find())?.refreshToken).toBe("newer");
  });

  it("leaves a user alone who has signed in over there", async () => {
    const store = memoryStore(session("a", 30_000));
    const { made } = manager(undefined, { store });
    await made.find();
    store.held = session("bob's", 60 * MINUTE, "bob");
    await made.accessToken();
    expect((await made.find())?.userId).toBe("alice");
    expect(store.held?.refreshToken).toBe("bob's");
    await made.forceRefresh({});
    expect(store.held?.refreshToken).toBe("bob's");
  });

  it("puts its own user in the place of one who was there before", async () => {
    const store = memoryStore(session("bob's", -1, "bob"));
    const { made } = manager(session("a", 30_000), { store });
    await made.accessToken();
    expect(store.held?.refreshToken).toBe("a+");
  });

  it.each([
    ["before the refresh", false],
    ["during the refresh", true],
  ])("is signed out by the other one %s, and does not bring the session back", async (_when, isDuring) => {
    const store = memoryStore(session("a", 30_000));
    const clear = () => {
      store.held = null;
    };
    const { made, changes } = manager(undefined, {
      store,
      refresh: async () => {
        if (isDuring) clear();
        return session("b", 60 * MINUTE);
      },
    });
    await made.find();
    if (!isDuring) clear();
    await expect(made.accessToken()).rejects.toThrow("signed out");
    expect(store.held).toBeNull();
    expect(await made.find()).toBeUndefined();
    expect(changes).toEqual(["signed-out"]);
    store.held = session("c", 60 * MINUTE);
    expect(await made.accessToken()).toBe(store.held.accessToken);
    expect(changes).toEqual(["signed-out", "signed-in"]);
  });

  it("takes a store that never gives anything back for a hook, not for a sign-out", async () => {
    const store: SessionStore = { load: async () => null, save: async () => undefined, clear: async () => undefined };
    const { made, spent } = manager(session("a", 30_000), { store });
    await made.accessToken();
    await made.forceRefresh({});
    expect(spent).toEqual(["a", "a+"]);
  });
});

describe("a store that fails", () => {
  it("is heard of, while the session goes on", async () => {
    const store: SessionStore = { ...memoryStore(), save: () => Promise.reject(new Error("disk full")) };
    const { made, spent } = manager(session("a", 30_000), { store });
    await expect(made.accessToken()).rejects.toThrow(SessionStoreError);
    expect(await made.accessToken()).toBe((await made.find())?.accessToken);
    expect(spent).toEqual(["a"]);
  });

  it("is heard of by the next caller when the refresh ran in the background", async () => {
    const store: SessionStore = { ...memoryStore(), save: () => Promise.reject(new Error("disk full")) };
    const { made } = manager(session("a", 9 * MINUTE), { store });
    await made.accessToken();
    await settle();
    await expect(made.accessToken()).rejects.toThrow(SessionStoreError);
    await made.accessToken();
  });

  it("shows nothing of what it holds", async () => {
    const store: SessionStore = { ...memoryStore(), load: async () => ({ secret: "eyJ.secret.x" }) as never };
    const error: unknown = await manager(undefined, { store })
      .made.find()
      .catch((reason: unknown) => reason);
    expect(SessionStoreError.is(error)).toBe(true);
    expect(JSON.stringify(error) + String(error)).not.toContain("secret.x");
  });
});
