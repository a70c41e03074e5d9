import { InvalidArgumentError, type KeyValueStore } from "@flowith-webapi/core";
import { expect, it } from "vitest";
import { denoKvKeyValueStore, denoKvSessionStore } from "./deno-kv.ts";
import { durableObjectKeyValueStore, durableObjectSessionStore } from "./durable-object.ts";
import { keyValueSessionStore } from "./key-value-session-store.ts";
import { prefixedKeyValueStore } from "./prefixed-key-value-store.ts";
import { webStorageKeyValueStore, webStorageSessionStore } from "./web-storage.ts";

const values = new Map<string, string>();
const web = {
  getItem: (key: string) => values.get(key) ?? null,
  setItem: (key: string, value: string) => void values.set(key, value),
  removeItem: (key: string) => void values.delete(key),
};
const object = {
  get: async (key: string) => values.get(key),
  put: async (key: string, value: string) => void values.set(key, value),
  delete: async (key: string) => values.delete(key),
};
const kv = {
  get: async (key: readonly string[]) => ({ value: values.get(JSON.stringify(key)) }),
  set: async (key: readonly string[], value: unknown) => void values.set(JSON.stringify(key), String(value)),
  delete: async (key: readonly string[]) => values.delete(JSON.stringify(key)),
};
const plain = webStorageKeyValueStore(web);

const parts: [string, (prefix: string) => KeyValueStore][] = [
  ["a store of one's own", (prefix) => prefixedKeyValueStore(plain, prefix)],
  ["web storage", (prefix) => webStorageKeyValueStore(web, prefix)],
  ["a Durable Object", (prefix) => durableObjectKeyValueStore(object, prefix)],
  ["Deno KV", (prefix) => denoKvKeyValueStore(kv, prefix)],
];

it.each(parts)("%s keeps what is of one prefix apart from all else", async (_name, part) => {
  values.clear();
  const pairs = [
    ["a", "b:c"],
    ["a:b", "c"],
    ["a", "verifier"],
    ["A", "verifier"],
    ['a"', 'x","y'],
    ['a","x', "y"],
  ] as const;
  for (const [prefix, key] of pairs) await part(prefix).set(key, `${prefix} ${key}`);
  for (const [prefix, key] of pairs) expect(await part(prefix).get(key)).toBe(`${prefix} ${key}`);
  await part("a").delete("verifier");
  expect([await part("a").get("verifier"), await part("A").get("verifier")]).toEqual([null, "A verifier"]);
});

it.each(parts)("%s has no prefix for who has no id", (_name, part) => {
  for (const prefix of ["", " "]) expect(() => part(prefix)).toThrow(InvalidArgumentError);
});

it("a session store has no key for who has no id, which others would share", () => {
  for (const make of [
    () => keyValueSessionStore(plain, ""),
    () => denoKvSessionStore(kv, ""),
    () => durableObjectSessionStore(object, " "),
    () => webStorageSessionStore(web, { key: "" }),
    () => Reflect.apply(keyValueSessionStore, undefined, [plain, { key: "alice" }]),
  ]) {
    expect(make).toThrow(InvalidArgumentError);
  }
});
