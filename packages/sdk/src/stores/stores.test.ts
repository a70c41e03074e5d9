import { type KeyValueStore, type Session, type SessionStore, SessionStoreError } from "@flowith-webapi/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { denoKvKeyValueStore, denoKvSessionStore } from "./deno-kv.ts";
import { durableObjectKeyValueStore, durableObjectSessionStore } from "./durable-object.ts";
import { type WebStorage, webStorageKeyValueStore, webStorageSessionStore } from "./web-storage.ts";

const claims = btoa(JSON.stringify({ sub: "alice", exp: 2_000_000_000 })).replace(/=+$/, "");
const session: Session = {
  accessToken: `e30.${claims}.sign`,
  refreshToken: "next",
  expiresAtMs: 2_000_000_000_000,
  userId: "alice",
};

function webStorage(): WebStorage & { values: Map<string, string> } {
  const values = new Map<string, string>();
  return {
    values,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}

function denoKv() {
  const values = new Map<string, unknown>();
  return {
    values,
    get: async (key: readonly string[]) => ({ value: values.get(key.join("/")) ?? null, versionstamp: null }),
    set: async (key: readonly string[], value: unknown) => void values.set(key.join("/"), value),
    delete: async (key: readonly string[]) => void values.delete(key.join("/")),
  };
}

function durableObject() {
  const values = new Map<string, unknown>();
  return {
    values,
    get: async (key: string) => values.get(key),
    put: async (key: string, value: string) => void values.set(key, value),
    delete: async (key: string) => values.delete(key),
  };
}

const web = webStorage();
const kv = denoKv();
const object = durableObject();

const sessionStores: [string, SessionStore, Map<string, unknown>][] = [
  ["web storage", webStorageSessionStore(web), web.values],
  ["web storage in supabase-js's form", webStorageSessionStore(web, { format: "supabase" }), web.values],
  ["Deno KV", denoKvSessionStore(kv), kv.values],
  ["a Durable Object", durableObjectSessionStore(object, "alice"), object.values],
];

describe.each(sessionStores)("a session in %s", (_name, store, values) => {
  it("is there until it is cleared", async () => {
    expect(await store.load()).toBeNull();
    await store.save(session);
    expect(values.size).toBe(1);
    expect(await store.load()).toEqual(session);
    await store.clear();
    expect(await store.load()).toBeNull();
    expect(values.size).toBe(0);
  });

  it("is refused without showing it where it is broken", async () => {
    await store.save(session);
    const [key = ""] = values.keys();
    values.set(key, '"secret');
    const error: unknown = await store.load().catch((reason: unknown) => reason);
    expect(SessionStoreError.is(error)).toBe(true);
    expect(String(error)).not.toContain("secret");
    await store.clear();
  });
});

const keyValueStores: [string, KeyValueStore][] = [
  ["web storage", webStorageKeyValueStore(webStorage())],
  ["Deno KV", denoKvKeyValueStore(denoKv(), "visitor")],
  ["a Durable Object", durableObjectKeyValueStore(durableObject())],
];

it.each(keyValueStores)("a text in %s is there until it is deleted", async (_name, store) => {
  expect(await store.get("verifier")).toBeNull();
  await store.set("verifier", "one");
  await store.set("verifier", "two");
  expect(await store.get("verifier")).toBe("two");
  await store.delete("verifier");
  await store.delete("verifier");
  expect(await store.get("verifier")).toBeNull();
});

describe("a session in web storage that another tab changes", () => {
  const window = new EventTarget();
  beforeEach(() => {
    vi.stubGlobal("addEventListener", window.addEventListener.bind(window));
    vi.stubGlobal("removeEventListener", window.removeEventListener.bind(window));
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("is told of until nobody listens: of its own key, and of storage that was cleared as a whole", () => {
    const store = webStorageSessionStore(webStorage(), { key: "mine" });
    let told = 0;
    const stop = store.subscribe?.(() => told++);
    const change = (key: string | null) => window.dispatchEvent(Object.assign(new Event("storage"), { key }));
    change("mine");
    change("another's");
    change(null);
    expect(told).toBe(2);
    stop?.();
    change("mine");
    expect(told).toBe(2);
  });

  it("is not told of where there are no tabs", () => {
    vi.stubGlobal("addEventListener", undefined);
    const stop = webStorageSessionStore(webStorage()).subscribe?.(() => undefined);
    expect(stop).toBeTypeOf("function");
    stop?.();
  });
});

describe("the web app's own session", () => {
  const key = "sb-aibdxsebwhalbnugsqel-auth-token";

  it("is read, and written so that the web app goes on with it", async () => {
    const storage = webStorage();
    const wire = { access_token: session.accessToken, refresh_token: "old", expires_at: 1_900_000_000 };
    storage.setItem(
      key,
      JSON.stringify({ ...wire, token_type: "bearer", user: { id: "alice", email: "a@example.com" } }),
    );
    const store = webStorageSessionStore(storage, { format: "supabase" });
    expect(await store.load()).toEqual({ ...session, refreshToken: "old" });
    await store.save(session);
    const written: unknown = JSON.parse(storage.getItem(key) ?? "");
    expect(written).toMatchObject({
      access_token: session.accessToken,
      refresh_token: "next",
      expires_at: 2_000_000_000,
      token_type: "bearer",
      user: { id: "alice", email: "a@example.com" },
    });
  });

  it("keeps how far this machine's date is ahead, and tells the web app what is left of its life", async () => {
    const storage = webStorage();
    const store = webStorageSessionStore(storage, { format: "supabase" });
    const clockSkewMs = 7_200_000;
    const expiresAtMs = Date.now() - clockSkewMs + 3_600_000;
    await store.save({ ...session, clockSkewMs, expiresAtMs });
    expect(await store.load()).toMatchObject({ clockSkewMs });
    expect(JSON.parse(storage.getItem(key) ?? "").expires_in).toBeGreaterThan(3_500);
    await store.save(session);
    expect(await store.load()).toEqual(session);
  });

  it("of a token without an end is read as it was written", async () => {
    const accessToken = `e30.${btoa(JSON.stringify({ sub: "alice" })).replace(/=+$/, "")}.sign`;
    const endless = { accessToken, refreshToken: "next", expiresAtMs: Number.POSITIVE_INFINITY, userId: "alice" };
    for (const format of ["supabase", "flowith"] as const) {
      const store = webStorageSessionStore(webStorage(), { format });
      await store.save(endless);
      expect(await store.load()).toEqual(endless);
    }
  });

  it("is not mixed with another user's", async () => {
    const storage = webStorage();
    const store = webStorageSessionStore(storage, { format: "supabase" });
    await store.save(session);
    await store.save({ ...session, userId: "bob" });
    expect(JSON.parse(storage.getItem(key) ?? "").user).toEqual({ id: "bob" });
  });
});
