import { expect, it } from "vitest";
import * as browser from "./browser/index.ts";
import * as bun from "./bun/index.ts";
import * as deno from "./deno/index.ts";
import * as plain from "./fetch/index.ts";
import * as node from "./node/index.ts";
import * as worker from "./worker/index.ts";

// For the compiler: each is what the declarations of the package say, and the other way round.
const entries: Record<string, typeof plain> = { node, deno, bun, browser, worker };
const fromNode: typeof node = plain;
const fromDeno: typeof deno = plain;
const fromBun: typeof bun = plain;
const fromBrowser: typeof browser = plain;
const fromWorker: typeof worker = plain;

it.each(Object.entries(entries))("the %s entry exports what the others do", (_name, entry) => {
  expect(Object.keys(entry).sort()).toEqual(Object.keys(plain).sort());
  expect([fromNode, fromDeno, fromBun, fromBrowser, fromWorker]).toEqual(Array(5).fill(plain));
});

it.each(Object.entries({ ...entries, plain }))("the client of the %s entry has the same methods", (_name, entry) => {
  const methods = (of: object) => Object.getOwnPropertyNames(of).sort();
  expect(methods(entry.Flowith)).toEqual(methods(node.Flowith));
  expect(methods(entry.Flowith.prototype)).toEqual(methods(node.Flowith.prototype));
});

it.each(Object.entries({ browser, worker, plain }))("the %s entry says what it lacks", async (_name, entry) => {
  const { InvalidArgumentError } = entry;
  expect(() => entry.Flowith.fromEnv()).toThrow(InvalidArgumentError);
  expect(() => entry.fileSessionStore("session.json")).toThrow(/keyValueSessionStore/);
  expect(() => entry.fileJobStore("jobs")).toThrow(/put, delete and list/);
  const flowith = new entry.Flowith({ token: "x" });
  await expect(flowith.uploadFile("./cat.png")).rejects.toThrow(/no disk here to read .*cat\.png/);
});
