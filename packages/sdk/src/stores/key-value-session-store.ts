import { type KeyValueStore, parseStoredSession, type SessionStore } from "@flowith-webapi/core";

/**
 * A session store over anything that keeps texts by key.
 * @param key default `flowith-session`
 * @example
 * const flowith = new Flowith({ store: keyValueSessionStore(redis) });
 */
export function keyValueSessionStore(store: KeyValueStore, key = "flowith-session"): SessionStore {
  return {
    async load() {
      // Many stores give undefined for what is not there.
      const text = (await store.get(key)) ?? null;
      return text === null ? null : parseStoredSession(text);
    },
    save: (session) => store.set(key, JSON.stringify(session)),
    clear: () => store.delete(key),
  };
}
