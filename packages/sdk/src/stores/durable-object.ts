import type { KeyValueStore, SessionStore } from "@flowith-webapi/core";
import { keyValueSessionStore } from "./key-value-session-store.ts";
import { partOf } from "./prefixed-key-value-store.ts";

/** What is used of a Durable Object's `state.storage`. */
export interface DurableObjectStorageLike {
  get(key: string): Promise<unknown>;
  put(key: string, value: string): Promise<unknown>;
  delete(key: string): Promise<unknown>;
}

/**
 * A session in a Durable Object, to be used inside of it. Not Workers KV in its place: what it gives out may be a minute
 * old, and a refresh token works once.
 * @param key default `flowith-session`
 * @example
 * const flowith = new Flowith({ store: durableObjectSessionStore(this.ctx.storage) });
 */
export function durableObjectSessionStore(storage: DurableObjectStorageLike, key?: string): SessionStore {
  return keyValueSessionStore(durableObjectKeyValueStore(storage), key);
}

/**
 * Small texts in a Durable Object, such as the verifier of a sign-in by redirect. One object a person, or a prefix.
 * @example
 * const flowith = new Flowith({ verifierStore: durableObjectKeyValueStore(this.ctx.storage, visitorId) });
 */
export function durableObjectKeyValueStore(storage: DurableObjectStorageLike, prefix?: string): KeyValueStore {
  const store: KeyValueStore = {
    async get(key) {
      const value = await storage.get(key);
      return typeof value === "string" ? value : null;
    },
    async set(key, value) {
      await storage.put(key, value);
    },
    async delete(key) {
      await storage.delete(key);
    },
  };
  return partOf(store, prefix);
}
