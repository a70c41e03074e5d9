import type { KeyValueStore } from "@flowith-webapi/core";
import { checkKeyValueStore, storeKey } from "./store-key.ts";

/**
 * A part of a key-value store that is one user's, so that one store serves many: what is put into it meets nothing of
 * another prefix's.
 * @param prefix such as a user's id
 * @throws InvalidArgumentError for an empty prefix, and for a store without `get`, `set` or `delete`
 * @example
 * const flowith = new Flowith({ verifierStore: prefixedKeyValueStore(redis, userId) });
 */
export function prefixedKeyValueStore(store: KeyValueStore, prefix: string): KeyValueStore {
  checkKeyValueStore("prefixedKeyValueStore", store);
  const owner = storeKey("prefixedKeyValueStore", prefix);
  // As a list: joined by any sign, "a" with "b:c" would be "a:b" with "c".
  const keyOf = (key: string): string => JSON.stringify([owner, key]);
  return {
    get: (key) => store.get(keyOf(key)),
    set: (key, value) => store.set(keyOf(key), value),
    delete: (key) => store.delete(keyOf(key)),
  };
}

/** The whole store where there is no prefix. */
export function partOf(store: KeyValueStore, prefix: string | undefined): KeyValueStore {
  return prefix === undefined ? store : prefixedKeyValueStore(store, prefix);
}
