import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import * as browser from "./browser.ts";
import * as deno from "./deno.ts";
import * as plain from "./fetch.ts";
import * as node from "./node.ts";
import * as worker from "./worker.ts";

// For the compiler: each is what the declarations of the package say, and the other way round.
const entries: Record<string, typeof node> = { deno, browser, worker, fetch: plain };
const fromDeno: typeof deno = node;
const fromBrowser: typeof browser = node;
const fromWorker: typeof worker = node;
const fromPlain: typeof plain = node;

it.each(Object.entries(entries))("the %s entry exports what the others do", (_name, entry) => {
  expect(Object.keys(entry).sort()).toEqual(Object.keys(node).sort());
  expect([fromDeno, fromBrowser, fromWorker, fromPlain]).toEqual(Array(4).fill(node));
});

it.each(Object.entries(entries))("the client of the %s entry has the same methods", (_name, entry) => {
  const methods = (of: object) => Object.getOwnPropertyNames(of).sort();
  expect(methods(entry.Flowith)).toEqual(methods(node.Flowith));
  expect(methods(entry.Flowith.prototype)).toEqual(methods(node.Flowith.prototype));
});

it.each(Object.entries({ browser, worker, fetch: plain }))("the %s entry says what it lacks", async (_name, entry) => {
  const { InvalidArgumentError } = entry;
  expect(() => entry.Flowith.fromEnv()).toThrow(InvalidArgumentError);
  expect(() => entry.fileSessionStore("session.json")).toThrow(/keyValueSessionStore/);
  expect(() => entry.fileKeyValueStore("sessions")).toThrow(/get, set and delete/);
  expect(() => entry.fileJobStore("jobs")).toThrow(/put, delete and list/);
  const flowith = new entry.Flowith({ token: "x" });
  await expect(flowith.uploadFile("./cat.png")).rejects.toThrow(/no disk here to read .*cat\.png/);
});

// An editor shows the comments of Node's entry, whichever one runs.
const all = ["node.ts", ...Object.keys(entries).map((name) => `${name}.ts`)];
it.each([
  ["export class Flowith ", all],
  ["static fromEnv(", all],
  ["export function fileSessionStore(", ["stores/file/file-session-store.ts", "shared/without-disk.ts"]],
  ["export function fileKeyValueStore(", ["stores/file/file-key-value-store.ts", "shared/without-disk.ts"]],
  ["export function fileJobStore(", ["stores/file/file-job-store.ts", "shared/without-disk.ts"]],
])("the comment on `%s` is the same in each file that has one", (declaration, files) => {
  const comments = files.map((file) => commentOn(declaration, file));
  expect(comments).toEqual(comments.map(() => expect.stringMatching(/^\/\*\*\n.+ \*\/$/s)));
  expect(new Set(comments).size).toBe(1);
});

function commentOn(declaration: string, file: string): string {
  const [before = ""] = readFileSync(new URL(file, import.meta.url), "utf8").split(declaration);
  return before.slice(before.lastIndexOf("/**")).trimEnd();
}
