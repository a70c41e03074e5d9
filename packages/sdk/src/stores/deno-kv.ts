import type { KeyValueStore, SessionStore } from "@flowith-webapi/core";
import { keyValueSessionStore } from "./key-value-session-store.ts";
import { storeKey } from "./store-key.ts";

/** What is used of Deno's `Deno.Kv`. */
export interface DenoKv {
  get(key: readonly string[]): Promise<{ value: unknown }>;
  set(key: readonly string[], value: unknown): Promise<unknown>;
  delete(key: readonly string[]): Promise<unknown>;
}

/**
 * A session in Deno KV, under `["flowith", key]`.
 * @param key default `flowith-session`; one a user, where a server has many
 * @example
 * const flowith = new Flowith({ store: denoKvSessionStore(await Deno.openKv()) });
 */
export function denoKvSessionStore(kv: DenoKv, key?: string): SessionStore {
  return keyValueSessionStore(denoKvKeyValueStore(kv), key);
}

/**
 * Small texts in Deno KV, under `["flowith", key]`, such as the verifier of a sign-in by redirect. It is for one person:
 * a server with several puts each under a prefix of its own.
 * @example
 * const flowith = new Flowith({ verifierStore: denoKvKeyValueStore(kv, visitorId) });
 */
export function denoKvKeyValueStore(kv: DenoKv, prefix?: string): KeyValueStore {
  const owner = prefix === undefined ? [] : [storeKey("denoKvKeyValueStore", prefix)];
  const path = (key: string): string[] => ["flowith", ...owner, key];
  return {
    async get(key) {
      const { value } = await kv.get(path(key));
      return typeof value === "string" ? value : null;
    },
    async set(key, value) {
      await kv.set(path(key), value);
    },
    async delete(key) {
      await kv.delete(path(key));
    },
  };
}
