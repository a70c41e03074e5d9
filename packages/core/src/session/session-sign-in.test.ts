import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AuthenticationError } from "../errors/authentication-error.ts";
import { SessionStoreError } from "../errors/session-store-error.ts";
import { deferred } from "../timing/deferred.ts";
import type { Session } from "./session-store.ts";
import { MINUTE, manager, memoryStore, session, settle, useFakeClocks } from "./testing/session-harness.ts";

beforeEach(useFakeClocks);

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe("signing in and out", () => {
  it("takes effect when it is saved, and is told after that", async () => {
    const store = memoryStore();
    const { made } = manager(undefined, { store });
    const seen: unknown[] = [];
    made.changes.add(({ type, session: told }) => seen.push([type, told?.userId, store.held?.userId]));
    await expect(made.accessToken()).rejects.toThrow("No token was given");
    await made.signIn(session("a", 60 * MINUTE));
    await made.forceRefresh({});
    await made.signOut();
    expect(seen).toEqual([
      ["signed-in", "alice", "alice"],
      ["refreshed", "alice", "alice"],
      ["signed-out", undefined, undefined],
    ]);
  });

  it("does not come back by the options after a sign-out", async () => {
    const { made } = manager(session("a", 60 * MINUTE), { userId: "alice" });
    await made.accessToken();
    await made.signOut();
    await expect(made.accessToken()).rejects.toThrow(AuthenticationError);
    await made.signIn(session("b", 60 * MINUTE, "bob"));
    expect(await made.userId()).toBe("bob");
  });

  it.each([
    ["out", undefined],
    ["in as another user", "bob"],
  ])("drops a refresh that was under way when the user signed %s", async (_how, userId) => {
    const answer = deferred<Session>();
    const store = memoryStore(session("a", -1));
    const { made } = manager(undefined, { store, refresh: () => answer.promise });
    const token = made.accessToken();
    const outcome = expect(token).rejects.toThrow("has ended");
    await settle();
    const next = userId === undefined ? undefined : session("b", 60 * MINUTE, userId);
    await (next === undefined ? made.signOut() : made.signIn(next));
    answer.resolve(session("a+", 60 * MINUTE));
    await outcome;
    expect(store.held).toEqual(next ?? null);
    expect(await made.find()).toEqual(next);
  });

  it("puts the store right when the refresh was being saved just then", async () => {
    const store = memoryStore(session("a", 30_000));
    const saving = deferred<void>();
    const save = store.save.bind(store);
    store.save = async (next) => {
      await saving.promise;
      await save(next);
    };
    const { made } = manager(undefined, { store });
    const outcome = expect(made.accessToken()).rejects.toThrow("has ended");
    await settle();
    await made.signOut();
    saving.resolve();
    await outcome;
    expect(store.held).toBeNull();
  });

  it("leaves another user's session that has come into the store while the refresh was being saved", async () => {
    const store = memoryStore(session("a", 30_000));
    const saving = deferred<void>();
    const save = store.save.bind(store);
    store.save = async (next) => {
      await save(next);
      await saving.promise;
    };
    const { made } = manager(undefined, { store });
    const outcome = expect(made.accessToken()).rejects.toThrow("has ended");
    await settle();
    const bobs = session("bob's", 60 * MINUTE, "bob");
    store.held = bobs;
    await made.signOut();
    saving.resolve();
    await outcome;
    expect(store.held).toBe(bobs);
  });

  it("drops a refresh of the last user's that began while the next one's session was being saved", async () => {
    const store = memoryStore();
    const [saving, answer] = [deferred<void>(), deferred<Session>()];
    const save = store.save.bind(store);
    store.save = async (next) => {
      await saving.promise;
      await save(next);
    };
    const { made } = manager(session("a", -1), { store, refresh: () => answer.promise });
    await made.find();
    const bobs = session("b", 60 * MINUTE, "bob");
    const signedIn = made.signIn(bobs);
    const outcome = expect(made.accessToken()).rejects.toThrow("has ended");
    await settle();
    saving.resolve();
    await signedIn;
    answer.resolve(session("a+", 60 * MINUTE));
    await outcome;
    expect([await made.find(), store.held]).toEqual([bobs, bobs]);
  });

  it("leaves a store that it cannot read at a sign-out, and says so", async () => {
    const hers = session("a", 60 * MINUTE);
    const store = memoryStore(hers);
    const { made } = manager(undefined, { store });
    await made.find();
    store.load = () => Promise.reject(new Error("no connection"));
    await expect(made.signOut()).rejects.toThrow("could not be read");
    expect(store.held).toBe(hers);
    store.load = async () => null;
    expect(await made.find()).toBeUndefined();
  });

  it("leaves one that types its failures itself as well", async () => {
    const hers = session("a", 60 * MINUTE);
    const store = memoryStore(hers);
    const { made } = manager(undefined, { store });
    await made.find();
    const cause = Object.assign(new Error("no"), { code: "EACCES" });
    const theirs = new SessionStoreError("It may not be read (EACCES).", { cause });
    store.load = () => Promise.reject(theirs);
    await expect(made.signOut()).rejects.toBe(theirs);
    expect(store.held).toBe(hers);
  });

  it.each([
    ["EISDIR", false, "The session store could not be read (EISDIR)."],
    ["EMFILE", true, "The session store could not be read (EMFILE). Try again later."],
    ["SQLITE_BUSY", false, "The session store could not be read."],
  ])("names %s, by which a disk says what it lacks, and whether it may pass", async (code, isRetryable, message) => {
    const store = memoryStore();
    store.load = () => Promise.reject(Object.assign(new Error("/home/ann/session.json"), { code }));
    const { made } = manager(undefined, { store });
    await expect(made.find()).rejects.toMatchObject({ name: "SessionStoreError", isRetryable, message });
  });

  it("is no worse for a listener that throws", async () => {
    const { made, changes } = manager(undefined);
    made.changes.add(() => {
      throw new Error("theirs");
    });
    const stop = made.changes.add(() => changes.push("refreshed"));
    stop();
    await made.signIn(session("a", 60 * MINUTE));
    expect(changes).toEqual(["signed-in"]);
  });
});
