import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Session } from "./session-store.ts";
import { base64url, MINUTE, manager, memoryStore, session, useFakeClocks } from "./testing/session-harness.ts";

beforeEach(useFakeClocks);

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe("who the session is of", () => {
  it("is not changed by a refused token of the user who was signed in before", async () => {
    const alices = session("a", 60 * MINUTE);
    const { made, spent } = manager(alices);
    await made.accessToken();
    await made.signIn(session("a2", 60 * MINUTE));
    expect(await made.renew(alices.accessToken)).toBe((await made.find())?.accessToken);
    await made.signIn(session("b", 60 * MINUTE, "bob"));
    expect(await made.renew(alices.accessToken)).toBeUndefined();
    expect(spent).toEqual([]);
  });

  it("is the userId of the options where no token says it, through every refresh", async () => {
    const nameless = (refreshToken: string): Session => {
      const claims = base64url({ exp: (Date.now() + MINUTE) / 1000, for: refreshToken });
      return { accessToken: `${base64url({})}.${claims}.sign`, refreshToken, expiresAtMs: Date.now() + 1, userId: "" };
    };
    const store = memoryStore();
    const { made } = manager(nameless("a"), {
      userId: "alice",
      store,
      refresh: async (token) => nameless(`${token}+`),
    });
    for (let round = 0; round < 2; round++) {
      expect(await made.userId()).toBe("alice");
      await made.forceRefresh({});
    }
    expect(store.held).toMatchObject({ userId: "alice", refreshToken: "a++" });
  });

  it("is signed out with a store that was emptied after its session had taken another user's place there", async () => {
    const store = memoryStore(session("bob's", 60 * MINUTE, "bob"));
    const { made, spent } = manager(session("a", 60 * MINUTE), { store });
    await made.accessToken();
    expect(store.held?.userId).toBe("alice");
    store.held = null;
    await expect(made.forceRefresh({})).rejects.toThrow("signed out");
    expect(spent).toEqual([]);
  });

  it("is the userId of the options without any session, until somebody signs in or out", async () => {
    const { made } = manager(undefined, { userId: "alice" });
    expect(await made.userId()).toBe("alice");
    await made.signOut();
    await expect(made.userId()).rejects.toThrow("No token was given");
  });

  it("is not asked of a store for a client that was another user's, and has signed out", async () => {
    const store = memoryStore();
    const { made } = manager(session("a", 60 * MINUTE), { store });
    await made.find();
    await made.signOut();
    store.held = session("bob's", 60 * MINUTE, "bob");
    expect(await made.find()).toBeUndefined();
    store.held = session("a2", 60 * MINUTE, "ALICE");
    expect((await made.find())?.refreshToken).toBe("a2");
  });
});
