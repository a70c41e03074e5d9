import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InvalidArgumentError } from "@flowith-webapi/core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { fileKeyValueStore } from "./file-key-value-store.ts";

vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  return { ...real, writeFile: vi.fn(real.writeFile) };
});

let place: string;
let folder: string;

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), "flowith-key-values-"));
  folder = join(place, "deep", "sessions");
});

afterEach(() => rm(place, { recursive: true, force: true }));

const keys = [
  ..."a A aa ä a\u0308 ß ss CON con con. nul ... .. . ../a ../../a a/b a\\b a:b a* -rf ~ a- a\0 \0 a%2fb".split(" "),
  "a b",
  " a",
  "K",
  // The sign for Kelvin, which lower case makes a k.
  "\u212a",
  "\ud800",
  "\ud801",
  "\ufffd",
  "x".repeat(300),
  "x".repeat(301),
  "__proto__",
  '["a","b"]',
];

it("keeps each key apart, in the folder, under a name that any system takes", async () => {
  const store = fileKeyValueStore(folder);
  for (const key of keys) await store.set(key, `value of ${JSON.stringify(key)}`);
  for (const key of keys) expect(await store.get(key)).toBe(`value of ${JSON.stringify(key)}`);
  const names = await readdir(folder);
  expect(new Set(names.map((name) => name.toLowerCase().normalize("NFC"))).size).toBe(keys.length);
  for (const name of names) expect(name).toMatch(/^[a-z\d-]{1,85}$/);
  expect(await readdir(join(place, "deep"))).toEqual(["sessions"]);
  for (const key of keys) await store.delete(key);
  expect(await readdir(folder)).toEqual([]);
});

it("keeps a text as it is, replaces it, and has none for a key that is not there", async () => {
  const store = fileKeyValueStore(folder);
  expect(await store.get("a")).toBeNull();
  await store.delete("a");
  for (const text of ["\ufeff one\r\n", "two", ""]) {
    await store.set("a", text);
    expect(await fileKeyValueStore(folder).get("a")).toBe(text);
  }
});

it.skipIf(process.platform === "win32")("is for its owner alone", async () => {
  await fileKeyValueStore(folder).set("a", "secret");
  const [name = ""] = await readdir(folder);
  expect([(await stat(folder)).mode & 0o777, (await stat(join(folder, name))).mode & 0o777]).toEqual([0o700, 0o600]);
});

it("follows no link", async () => {
  const store = fileKeyValueStore(folder);
  await store.set("a", "mine");
  const [name = ""] = await readdir(folder);
  const outside = join(place, "outside");
  await writeFile(outside, "theirs");
  await rm(join(folder, name));
  await symlink(outside, join(folder, name));
  await expect(store.get("a")).rejects.toMatchObject({ name: "SessionStoreError", message: /is not followed/ });
  await store.set("a", "mine again");
  expect([await store.get("a"), await readFile(outside, "utf8")]).toEqual(["mine again", "theirs"]);
  await rm(join(folder, name));
  await symlink(outside, join(folder, name));
  await store.delete("a");
  expect([await readdir(folder), await readFile(outside, "utf8")]).toEqual([[], "theirs"]);
});

it("removes what a writer that was ended has left, of any key", async () => {
  const store = fileKeyValueStore(folder);
  await store.set("a", "text");
  const [name = ""] = await readdir(folder);
  const drafts = [`.${name}.${crypto.randomUUID()}.tmp`, `.other.${crypto.randomUUID()}.tmp`];
  for (const draft of drafts) {
    await writeFile(join(folder, draft), "half");
    await utimes(join(folder, draft), 0, 0);
  }
  await fileKeyValueStore(folder).set("b", "text");
  expect((await readdir(folder)).filter((found) => found.startsWith("."))).toEqual(drafts.slice(1));
  await writeFile(join(folder, drafts[0] ?? ""), "half");
  await utimes(join(folder, drafts[0] ?? ""), 0, 0);
  await store.delete("a");
  expect((await readdir(folder)).filter((found) => found.startsWith("."))).toEqual(drafts.slice(1));
});

it("names what is wrong with the disk", async () => {
  await mkdir(join(place, "deep"));
  await writeFile(folder, "a file");
  const store = fileKeyValueStore(folder);
  const message = expect.stringMatching(/^fileKeyValueStore: .*sessions could not be \w+ \(E[A-Z]+\)\. \w/);
  for (const work of [() => store.set("a", "x"), () => store.get("a")]) {
    await expect(work()).rejects.toMatchObject({ name: "SessionStoreError", isRetryable: false, message });
  }
});

it.each([
  ["ENOSPC", false, "The disk is full."],
  ["EACCES", false, "That is not allowed to this process."],
  ["EMFILE", true, "This process has too many files open; try again when some are closed."],
])("says what %s means", async (code, isRetryable, advice) => {
  vi.mocked(writeFile).mockRejectedValueOnce(Object.assign(new Error("no"), { code }));
  const message = `fileKeyValueStore: what is in ${folder} could not be written (${code}). ${advice}`;
  const work = fileKeyValueStore(folder).set("a", "x");
  await expect(work).rejects.toMatchObject({ name: "SessionStoreError", isRetryable, message, cause: { code } });
  expect(await readdir(folder)).toEqual([]);
});

it.each<[unknown, RegExp]>([
  ["", /is empty/],
  [undefined, /must be a string, not undefined/],
  [{ key: "a" }, /must be a string, not object/],
])("refuses %j as a key", async (key, message) => {
  const store = fileKeyValueStore(folder);
  for (const method of [store.get, store.set, store.delete]) {
    const work: Promise<unknown> = Reflect.apply(method, store, [key, "x"]);
    await expect(work).rejects.toThrow(InvalidArgumentError);
    await expect(work).rejects.toThrow(message);
  }
});

it("refuses an empty folder", () => {
  expect(() => fileKeyValueStore("")).toThrow("the path is empty");
});

it("refuses a value that is no text, in words that do not blame the disk", async () => {
  const store = fileKeyValueStore(folder);
  // @ts-expect-error what a caller without types may pass
  const error: unknown = await store.set("alice", { accessToken: "e.e.e" }).catch((refusal: unknown) => refusal);
  expect(error).toBeInstanceOf(InvalidArgumentError);
  expect(String(error)).toContain("the value must be a string, not object");
});
