import type { KeyValueStore } from "@flowith-webapi/core";
import { expect, it } from "vitest";
import { keyValueSessionStore } from "./key-value-session-store.ts";
import { prefixedKeyValueStore } from "./prefixed-key-value-store.ts";

const nothing = (): Promise<null> => Promise.resolve(null);

it.each([
  ["keyValueSessionStore", keyValueSessionStore],
  ["prefixedKeyValueStore", prefixedKeyValueStore],
] as const)("%s refuses what is no store at once, and not when somebody signs out", (name, make) => {
  const message = (store: unknown): string => {
    try {
      make(store as KeyValueStore, "alice");
    } catch (error) {
      return String(error);
    }
    return "taken";
  };
  const redis = { get: nothing, set: nothing, del: nothing };
  expect(message(redis)).toBe(
    `InvalidArgumentError: ${name}: the store has no delete, and needs get, set and delete. Its del can be passed as delete: (key) => store.del(key).`,
  );
  for (const none of [undefined, null, "redis", {}]) expect(message(none)).toMatch(/ has no get, .* and delete\.$/);
  expect(message(new Map())).toBe("taken");
  expect(message(Object.assign(() => undefined, { get: nothing, set: nothing, delete: nothing }))).toBe("taken");
});
