import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { deferred } from "../timing/deferred.ts";
import type { Session, SessionStore } from "./session-store.ts";
import { MINUTE, manager, memoryStore, session, settle, useFakeClocks } from "./testing/session-harness.ts";

beforeEach(useFakeClocks);

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** A write that the store was asked for. */
interface Write {
  land(): Promise<void>;
  end(): void;
}

/** A store whose writes land, and end, when the test says so. */
function slowStore(initial: Session | null = null) {
  const memory = memoryStore(initial);
  const writes: Write[] = [];
  const begin = (land: () => Promise<void>): Promise<void> => {
    const ended = deferred<void>();
    writes.push({ land, end: () => ended.resolve() });
    return ended.promise;
  };
  const store: SessionStore = {
    load: () => memory.load(),
    save: (next) => begin(() => memory.save(next)),
    clear: () => begin(() => memory.clear()),
  };
  const finish = async (index: number): Promise<void> => {
    await writes[index]?.land();
    writes[index]?.end();
    await settle();
  };
  return { memory, store, writes, finish };
}

describe("of several sign-ins and sign-outs the one that was called last counts", () => {
  const alices = (): Session => session("a", 60 * MINUTE);
  const bobs = (): Session => session("b", 60 * MINUTE, "bob");

  it("when an earlier sign-in is saved after it", async () => {
    const { memory, store, finish } = slowStore();
    const { made, changes } = manager(undefined, { store });
    const first = expect(made.signIn(alices())).rejects.toThrow("The sign-in is not used");
    const his = bobs();
    const second = made.signIn(his);
    await finish(1);
    await second;
    await finish(0);
    // What it left is put right.
    await finish(2);
    await first;
    expect([await made.find(), memory.held, changes]).toEqual([his, his, ["signed-in"]]);
  });

  it("when an earlier sign-in ends before it, but is written after it", async () => {
    const { memory, store, writes, finish } = slowStore();
    const { made, changes } = manager(undefined, { store });
    const first = made.signIn(alices());
    const his = bobs();
    const second = made.signIn(his);
    await writes[1]?.land();
    await finish(0);
    await first;
    writes[1]?.end();
    await settle();
    await finish(2);
    await second;
    expect([await made.find(), memory.held, changes]).toEqual([his, his, ["signed-in", "signed-in"]]);
  });

  it("when an earlier one of three is written once more after it", async () => {
    const { memory, store, writes, finish } = slowStore();
    const { made } = manager(undefined, { store });
    const hers = session("c", 60 * MINUTE, "carol");
    const all = Promise.all([alices(), bobs(), hers].map((one) => made.signIn(one)));
    for (const index of [0, 1, 2]) await finish(index);
    // Both have seen another one end before them, and are written again.
    await writes[4]?.land();
    await finish(3);
    writes[4]?.end();
    await settle();
    await finish(5);
    await all;
    expect([await made.find(), memory.held]).toEqual([hers, hers]);
  });

  it("when an earlier sign-in was still asking the service", async () => {
    const store = memoryStore();
    const save = vi.spyOn(store, "save");
    const { made } = manager(undefined, { store });
    const turn = made.takeTurn();
    await made.signOut();
    await expect(made.signIn(alices(), { turn })).rejects.toThrow("The sign-in is not used");
    expect([await made.find(), save.mock.calls]).toEqual([undefined, []]);
  });

  it("when an earlier sign-out was still asking the service", async () => {
    const store = memoryStore();
    const { made, changes } = manager(undefined, { store });
    const turn = made.takeTurn();
    const his = bobs();
    await made.signIn(his);
    await made.signOut(turn);
    expect([await made.find(), store.held, changes]).toEqual([his, his, ["signed-in"]]);
  });

  it("when a sign-out comes while a session is being saved", async () => {
    const { memory, store, finish } = slowStore();
    const { made, changes } = manager(undefined, { store });
    const signedIn = expect(made.signIn(alices())).rejects.toThrow("The sign-in is not used");
    const signedOut = made.signOut();
    await settle();
    await finish(1);
    await signedOut;
    await finish(0);
    await finish(2);
    await signedIn;
    expect([await made.find(), memory.held, changes]).toEqual([undefined, null, ["signed-out"]]);
  });

  it("when a sign-out that it followed clears the store last", async () => {
    const { memory, store, finish } = slowStore(session("a", 60 * MINUTE));
    const { made } = manager(undefined, { store });
    await made.find();
    const signedOut = made.signOut();
    await settle();
    const his = bobs();
    const signedIn = made.signIn(his);
    await finish(1);
    await signedIn;
    await finish(0);
    await finish(2);
    await signedOut;
    expect([await made.find(), memory.held]).toEqual([his, his]);
  });

  it("when the sign-in ended before the service had taken the sign-out", async () => {
    const store = memoryStore();
    const { made } = manager(undefined, { store });
    const signedIn = made.takeTurn();
    const signedOut = made.takeTurn();
    await made.signIn(alices(), { turn: signedIn });
    await made.signOut(signedOut);
    expect([await made.find(), store.held]).toEqual([undefined, null]);
  });
});

it("does not use a session whose sign-in was given up, and takes it out of the store", async () => {
  const { memory, store, finish } = slowStore();
  const { made, changes } = manager(undefined, { store });
  const controller = new AbortController();
  const reason = new Error("enough");
  const outcome = expect(made.signIn(session("a", MINUTE), { signal: controller.signal })).rejects.toBe(reason);
  controller.abort(reason);
  await finish(0);
  await finish(1);
  await outcome;
  expect([await made.find(), memory.held, changes]).toEqual([undefined, null, []]);
});

it("goes by the date for a session from elsewhere, whose age is not known", async () => {
  const refresh = async (): Promise<Session> => session("next", 60 * MINUTE);
  const { made, spent } = manager(undefined, { refresh });
  // Lives for an hour, of which half a minute is left.
  await made.signIn(session("a", 30_000), { isFromElsewhere: true });
  await made.accessToken();
  expect(spent).toEqual(["a"]);
});

describe("a sign-out whose store never answers", () => {
  it.each(["load", "clear"] as const)(
    "ends by its signal when it hangs in %s, and is signed out here",
    async (where) => {
      const store = memoryStore(session("a", 60 * MINUTE));
      const { made, changes } = manager(undefined, { store });
      await made.find();
      store[where] = () => new Promise<never>(() => undefined);
      const controller = new AbortController();
      const reason = new Error("too late");
      const outcome = expect(made.signOut(undefined, controller.signal)).rejects.toBe(reason);
      await settle();
      controller.abort(reason);
      await outcome;
      expect(changes).toEqual(["signed-out"]);
      store.load = async () => null;
      expect(await made.find()).toBeUndefined();
    },
  );
});
