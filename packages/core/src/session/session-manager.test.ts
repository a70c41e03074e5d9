import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { APIError } from "../errors/api-error.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";
import { ConnectionError } from "../errors/connection-error.ts";
import { SessionStoreError } from "../errors/session-store-error.ts";
import { leveledLogger } from "../options/logger.ts";
import { deferred } from "../timing/deferred.ts";
import type { SessionChange } from "./session-changes.ts";
import { SessionManager } from "./session-manager.ts";
import type { SessionManagerOptions } from "./session-manager-options.ts";
import type { Session, SessionStore } from "./session-store.ts";

const MINUTE = 60_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"], now: 1_800_000_000_000 });
});

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const base64url = (value: object): string => btoa(JSON.stringify(value)).replace(/=+$/, "");

/** Distinct by its refresh token, as the server's are. */
function session(refreshToken: string, lifeMs: number, userId = "alice"): Session {
  const expiresAtMs = Date.now() + lifeMs;
  const claims = base64url({ sub: userId, exp: expiresAtMs / 1000, for: refreshToken });
  return { accessToken: `${base64url({})}.${claims}.sign`, refreshToken, expiresAtMs, userId };
}

const refusal = () => new APIError("refused", { status: 400, headers: new Headers(), body: {} });

function memoryStore(initial: Session | null = null): SessionStore & { held: Session | null } {
  return {
    held: initial,
    async load() {
      return this.held;
    },
    async save(next) {
      this.held = next;
    },
    async clear() {
      this.held = null;
    },
  };
}

/** The auth server: each refresh token gives its successor, `a` → `a+`, for an hour. */
function manager(given: Session | undefined, options: Partial<SessionManagerOptions> = {}) {
  const spent: string[] = [];
  const changes: SessionChange["type"][] = [];
  const made = new SessionManager({
    token: given?.accessToken,
    refreshToken: given?.refreshToken,
    refreshesInBackground: true,
    sharesPromises: true,
    logger: leveledLogger(),
    ...options,
    refresh: async (refreshToken, call) => {
      spent.push(refreshToken);
      return options.refresh?.(refreshToken, call) ?? session(`${refreshToken}+`, 60 * MINUTE);
    },
  });
  made.changes.add(({ type }) => changes.push(type));
  return { made, spent, changes };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

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
