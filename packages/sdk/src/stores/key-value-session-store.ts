import { type KeyValueStore, parseStoredSession, type SessionStore } from "@flowith-webapi/core";
import { checkKeyValueStore, storeKey } from "./store-key.ts";

/**
 * A session store over anything that keeps texts by key. One such store serves many users, each by a key of their own.
 * @param key default `flowith-session`
 * @throws InvalidArgumentError for a key that is empty, or none, and for a store without `get`, `set` or `delete`
 * @example
 * const flowith = new Flowith({ store: keyValueSessionStore(redis, userId) });
 */
export function keyValueSessionStore(store: KeyValueStore, key = "flowith-session"): SessionStore {
  checkKeyValueStore("keyValueSessionStore", store);
  const place = storeKey("keyValueSessionStore", key);
  return {
    async load() {
      // Many stores give undefined for what is not there.
      const text = (await store.get(place)) ?? null;
      return text === null ? null : parseStoredSession(text);
    },
    save: (session) => store.set(place, JSON.stringify(session)),
    clear: () => store.delete(place),
  };
}
