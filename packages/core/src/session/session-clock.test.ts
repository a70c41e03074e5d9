import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parseSession } from "./auth-session.ts";
import type { Session } from "./session-store.ts";
import {
  base64url,
  MINUTE,
  manager,
  memoryStore,
  refusal,
  session,
  settle,
  useFakeClocks,
} from "./testing/session-harness.ts";

const HOUR = 60 * MINUTE;

beforeEach(useFakeClocks);

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** What the auth server answers whose clock is right while this machine's is ahead by so much. */
function granted(refreshToken: string, aheadMs: number, lifeMs = HOUR, fields: object = {}): Session {
  const iat = (Date.now() - aheadMs) / 1000;
  const claims = { sub: "alice", iat, exp: iat + lifeMs / 1000, for: refreshToken };
  const access_token = `${base64url({})}.${base64url(claims)}.sign`;
  return parseSession({ access_token, refresh_token: refreshToken, ...fields }, "POST /auth/v1/token");
}

const aheads: [string, number][] = [
  ["two hours ahead", 2 * HOUR],
  ["right", 0],
  ["two hours behind", -2 * HOUR],
];

describe.each(aheads)("with a date that is %s", (_how, aheadMs) => {
  it("a token that has just been issued serves for its life, and is refreshed once then", async () => {
    const { made, spent } = manager(session("a", -1), {
      refresh: async (token) => granted(`${token}+`, aheadMs),
    });
    for (let call = 0; call < 20; call++) await made.accessToken();
    expect(spent).toEqual(["a"]);
    await vi.advanceTimersByTimeAsync(49 * MINUTE);
    await made.accessToken();
    expect(spent).toEqual(["a"]);
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    for (let call = 0; call < 20; call++) await made.accessToken();
    expect(spent).toEqual(["a", "a+"]);
  });

  it("the next start finds a good session in the store, and refreshes nothing", async () => {
    const store = memoryStore();
    await manager(undefined, { store }).made.signIn(granted("a", aheadMs));
    const stored: Session = JSON.parse(JSON.stringify(store.held));
    const { made, spent } = manager(undefined, { store: memoryStore(stored) });
    expect(await made.accessToken()).toBe(stored.accessToken);
    await vi.advanceTimersByTimeAsync(49 * MINUTE);
    await made.accessToken();
    expect(spent).toEqual([]);
    await vi.advanceTimersByTimeAsync(10.5 * MINUTE);
    await made.accessToken();
    expect(spent).toEqual(["a"]);
  });
});

describe("a token's age", () => {
  it.each([
    ["set an hour back", -HOUR, 51 * MINUTE],
    ["set half an hour ahead", 30 * MINUTE, 21 * MINUTE],
  ])("is the larger of what both clocks say when the date is %s", async (_how, shiftMs, passedMs) => {
    const { made, spent } = manager(undefined);
    await made.signIn(granted("a", 0));
    vi.setSystemTime(Date.now() + shiftMs);
    await vi.advanceTimersByTimeAsync(passedMs - 2 * MINUTE);
    await made.accessToken();
    expect(spent).toEqual([]);
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    await made.accessToken();
    await settle();
    expect(spent).toEqual(["a"]);
  });

  it("is counted by expires_in before iat, and by neither where the token says nothing", () => {
    expect(granted("a", 0, HOUR, { expires_in: 1800 }).clockSkewMs).toBe(-HOUR / 2);
    expect(granted("a", HOUR).clockSkewMs).toBe(HOUR);
    expect(granted("a", 1_900).clockSkewMs).toBeUndefined();
    const bare = (claims: object) => `e30.${base64url(claims)}.sign`;
    const parse = (fields: object) => parseSession(fields, "x");
    expect(parse({ access_token: bare({ exp: 1 }) }).clockSkewMs).toBeUndefined();
    expect(parse({ access_token: bare({}), expires_in: 60 }).expiresAtMs).toBe(Date.now() + MINUTE);
    expect(parse({ access_token: bare({}) }).expiresAtMs).toBe(Number.POSITIVE_INFINITY);
  });

  it("makes no storm of refreshes where tokens live for minutes only", async () => {
    const { made, spent } = manager(session("a", -1), {
      refresh: async (token) => granted(`${token}+`, 0, 5 * MINUTE),
    });
    await made.accessToken();
    for (let passed = 0; passed < 10; passed++) {
      await vi.advanceTimersByTimeAsync(MINUTE);
      await made.accessToken();
    }
    expect(spent.length).toBeLessThanOrEqual(5);
  });
});

describe("a claim in another form", () => {
  const token = (claims: object) => `e30.${base64url({ sub: "alice", ...claims })}.sign`;

  it("is no reason to refuse the token", async () => {
    for (const exp of ["1800003600", null, { at: 1 }]) {
      const { made } = manager(undefined, { token: token({ exp }) });
      expect(await made.accessToken()).toBe(token({ exp }));
    }
  });

  it("of when it was issued, in ms, makes no storm of refreshes", async () => {
    const { made, spent } = manager(session("a", -1), {
      refresh: async () => {
        const access_token = token({ iat: Date.now(), exp: (Date.now() + HOUR) / 1000 });
        return parseSession({ access_token, refresh_token: "b" }, "x");
      },
    });
    for (let call = 0; call < 5; call++) await made.accessToken();
    expect(spent).toEqual(["a"]);
  });
});

describe("a token that seems to have expired, and cannot be refreshed", () => {
  const lone = (): { token: string; expiresAtMs: number } => {
    const { accessToken, expiresAtMs } = session("none", -2 * HOUR);
    return { token: accessToken, expiresAtMs };
  };

  it.each([
    ["without a store", undefined],
    ["with an empty store", memoryStore()],
  ])("is tried, since the date may be wrong, until the server has refused it, %s", async (_how, store) => {
    const { token, expiresAtMs } = lone();
    const { made, spent, changes } = manager(undefined, { token, store });
    expect(await made.accessToken()).toBe(token);
    expect(await made.accessToken()).toBe(token);
    expect(changes).toEqual([]);
    expect(await made.renew(token)).toBeUndefined();
    const error: unknown = await made.accessToken().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: "AuthenticationError", status: 401 });
    expect(String(error)).toContain(new Date(expiresAtMs).toISOString());
    expect(String(error)).toContain(new Date().toISOString());
    await expect(made.accessToken()).rejects.toBe(error);
    await expect(made.renew(token)).rejects.toBe(error);
    expect(await made.find()).toBeUndefined();
    expect({ changes, spent }).toEqual({ changes: ["expired"], spent: [] });
  });

  it("is not tried where it came here, so that its age is known", async () => {
    const { made, changes } = manager(undefined);
    await made.signIn({ ...granted("a", 0), refreshToken: undefined });
    await vi.advanceTimersByTimeAsync(61 * MINUTE);
    await expect(made.accessToken()).rejects.toThrow(/expired at .* clock says/);
    expect(changes).toEqual(["signed-in", "expired"]);
  });

  it("goes on being sent where it should be valid, though one part of the service refuses it", async () => {
    const { accessToken } = session("none", HOUR);
    const { made, changes } = manager(undefined, { token: accessToken });
    expect(await made.renew(accessToken)).toBeUndefined();
    expect(await made.accessToken()).toBe(accessToken);
    expect(changes).toEqual([]);
  });

  it("shows any expiry that a store can hold", async () => {
    const { accessToken } = session("none", -1);
    const held = { accessToken, expiresAtMs: -1e300, userId: "alice" };
    const { made } = manager(undefined, { store: memoryStore(held) });
    expect(await made.accessToken()).toBe(accessToken);
    await made.renew(accessToken);
    await expect(made.accessToken()).rejects.toThrow("-1e+300");
  });
});

describe("expired", () => {
  const refused = { refresh: () => Promise.reject(refusal()) };

  it("is told once, of a session that cannot be renewed; there is none then, and its store keeps it", async () => {
    const old = session("a", -1);
    const store = memoryStore(old);
    const { made, spent, changes } = manager(undefined, { ...refused, store });
    const failures = await Promise.allSettled([1, 2, 3].map(() => made.accessToken()));
    await expect(made.userId()).rejects.toThrow("was refused");
    expect(new Set(failures.map((failure) => "reason" in failure && failure.reason)).size).toBe(1);
    expect({ changes, spent }).toEqual({ changes: ["expired"], spent: ["a"] });
    expect(await made.find()).toBeUndefined();
    expect(store.held).toBe(old);
  });

  it("is not told of an early refresh that is refused while the token serves, nor of one that fails otherwise", async () => {
    const { made, changes } = manager(session("a", 30_000), refused);
    await made.accessToken();
    await expect(made.forceRefresh({})).rejects.toThrow("was refused");
    expect(changes).toEqual([]);
    expect((await made.find())?.refreshToken).toBe("a");
    await vi.advanceTimersByTimeAsync(30_000);
    await expect(made.accessToken()).rejects.toThrow("was refused");
    expect(changes).toEqual(["expired"]);
    const offline = manager(session("a", -1), { refresh: () => Promise.reject(new Error("offline")) });
    await expect(offline.made.accessToken()).rejects.toThrow("offline");
    expect(offline.changes).toEqual([]);
    expect((await offline.made.find())?.refreshToken).toBe("a");
  });

  it("is told when the server has refused both tokens, whatever the clock says", async () => {
    const given = session("a", HOUR);
    const { made, changes } = manager(given, refused);
    await expect(made.renew(given.accessToken)).rejects.toThrow("was refused");
    expect(changes).toEqual(["expired"]);
    expect(await made.find()).toBeUndefined();
  });

  it("ends with the next session, of which it may be told again", async () => {
    const store = memoryStore(session("a", -1));
    const { made, changes } = manager(undefined, { ...refused, store });
    await expect(made.accessToken()).rejects.toThrow("was refused");
    store.held = session("b", 11 * MINUTE);
    expect(await made.accessToken()).toBe(store.held.accessToken);
    await vi.advanceTimersByTimeAsync(11 * MINUTE);
    await expect(made.accessToken()).rejects.toThrow("was refused");
    await made.signIn(session("c", HOUR));
    await made.accessToken();
    expect(changes).toEqual(["expired", "signed-in", "expired", "signed-in"]);
  });

  it("leaves a session behind that a logout clears from the store", async () => {
    const store = memoryStore(session("a", -1));
    const { made } = manager(undefined, { ...refused, store });
    const turn = made.takeTurn();
    await expect(made.accessToken()).rejects.toThrow("was refused");
    await made.signOut(turn);
    expect(store.held).toBeNull();
    await expect(made.accessToken()).rejects.toThrow("No token was given");
  });
});
