import { InvalidArgumentError } from "@flowith-webapi/core";

/**
 * A key, as it is. It is often a user's id: where that is missing, all users would share what stands under its name.
 * @param label for messages
 * @throws InvalidArgumentError
 */
export function storeKey(label: string, key: unknown): string {
  if (typeof key !== "string") throw new InvalidArgumentError(`${label}: the key must be a string, not ${typeof key}.`);
  if (key.trim() === "") throw new InvalidArgumentError(`${label}: the key is empty.`);
  return key;
}

/**
 * Refuses what is no key-value store, before it is needed: one that cannot delete would keep a session that was signed out.
 * @param label for messages
 * @throws InvalidArgumentError
 */
export function checkKeyValueStore(label: string, store: unknown): void {
  const lacking = ["get", "set", "delete"].find((name) => !hasMethod(store, name));
  if (lacking === undefined) return;
  const advice = hasMethod(store, "del") ? " Its del can be passed as delete: (key) => store.del(key)." : "";
  throw new InvalidArgumentError(`${label}: the store has no ${lacking}, and needs get, set and delete.${advice}`);
}

function hasMethod(store: unknown, name: string): boolean {
  // A stub for a store elsewhere may be a function.
  const isStore = (typeof store === "object" && store !== null) || typeof store === "function";
  return isStore && typeof Reflect.get(store, name) === "function";
}
