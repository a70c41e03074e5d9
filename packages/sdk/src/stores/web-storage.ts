import { type KeyValueStore, parseStoredSession, type Session, type SessionStore } from "@flowith-webapi/core";
import { partOf } from "./prefixed-key-value-store.ts";
import { storeKey } from "./store-key.ts";

/** What is used of `localStorage` and `sessionStorage`. */
export interface WebStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Where in the storage the session stands, and in which form. */
export interface WebStorageSessionOptions {
  /** Default `flowith-session`; with `supabase`, that of the web app. */
  key?: string | undefined;
  /**
   * `supabase`: the session is read and written as the web app and supabase-js keep theirs, so that both go on with it.
   * Default `flowith`.
   */
  format?: "flowith" | "supabase" | undefined;
}

/**
 * A session in `localStorage`, shared by the tabs of one origin, which see at once what another one changes. Scripts of that
 * origin can read it.
 * @example
 * const flowith = new Flowith({ store: webStorageSessionStore(localStorage) });
 */
export function webStorageSessionStore(storage: WebStorage, options: WebStorageSessionOptions = {}): SessionStore {
  const isSupabase = options.format === "supabase";
  const standard = isSupabase ? "sb-aibdxsebwhalbnugsqel-auth-token" : "flowith-session";
  const key = storeKey("webStorageSessionStore", options.key ?? standard);
  return {
    async load() {
      const text = storage.getItem(key);
      return text === null ? null : parseStoredSession(text);
    },
    async save(session) {
      const value = isSupabase ? supabaseSession(session, storage.getItem(key)) : session;
      storage.setItem(key, JSON.stringify(value));
    },
    async clear() {
      storage.removeItem(key);
    },
    subscribe: (listener) => onStorage(key, listener),
  };
}

/** Pages are told of what another tab does to their storage, and of nothing that they do themselves. */
function onStorage(key: string, listener: () => void): () => void {
  if (typeof addEventListener !== "function") return () => undefined;
  const tell = (event: Event): void => {
    // Without a key, all of it was cleared.
    if ("key" in event && (event.key === key || event.key === null)) listener();
  };
  addEventListener("storage", tell);
  return () => removeEventListener("storage", tell);
}

/**
 * Small texts in `sessionStorage`, such as the verifier of a sign-in by redirect, which belongs to one tab.
 * @param prefix where several share the storage
 * @example
 * const flowith = new Flowith({ verifierStore: webStorageKeyValueStore(sessionStorage) });
 */
export function webStorageKeyValueStore(storage: WebStorage, prefix?: string): KeyValueStore {
  const store: KeyValueStore = {
    async get(key) {
      return storage.getItem(key);
    },
    async set(key, value) {
      storage.setItem(key, value);
    },
    async delete(key) {
      storage.removeItem(key);
    },
  };
  return partOf(store, prefix);
}

/** Over what is there, since supabase-js wants the user beside the tokens. */
function supabaseSession(session: Session, before: string | null): Record<string, unknown> {
  const { clockSkewMs = 0 } = session;
  const expiresAtSeconds = Math.floor(session.expiresAtMs / 1000);
  const nowSeconds = Math.floor((Date.now() - clockSkewMs) / 1000);
  return {
    token_type: "bearer",
    ...sameUsers(before, session.userId),
    access_token: session.accessToken,
    refresh_token: session.refreshToken,
    expires_at: expiresAtSeconds,
    expires_in: Math.max(0, expiresAtSeconds - nowSeconds),
    clock_skew_ms: session.clockSkewMs,
  };
}

function sameUsers(text: string | null, userId: string): object {
  try {
    const value: unknown = JSON.parse(text ?? "null");
    const stored = parseStoredSession(text ?? "");
    const isSame = stored.userId.toLowerCase() === userId.toLowerCase();
    if (typeof value === "object" && value !== null && isSame) return value;
  } catch {
    // What is broken is replaced.
  }
  return { user: { id: userId } };
}
