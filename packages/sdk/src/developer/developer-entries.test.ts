import { readFileSync } from "node:fs";
import { expect, it, vi } from "vitest";
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

it("reads key and address from the environment, under what is passed", () => {
  vi.stubEnv("FLOWITH_API_KEY", " flo_of-the-environment\n");
  vi.stubEnv("FLOWITH_EDGE_URL", "not a url");
  expect(() => node.FlowithDeveloper.fromEnv()).toThrow(/"edgeUrl"/);
  expect(() => node.FlowithDeveloper.fromEnv({ edgeUrl: "https://edge.example" })).not.toThrow();
  vi.stubEnv("FLOWITH_EDGE_URL", " ");
  vi.stubEnv("FLOWITH_API_KEY", '"flo_in-quotes"');
  expect(() => node.FlowithDeveloper.fromEnv()).toThrow(/stands in quotes/);
  vi.unstubAllEnvs();
});

it.each(Object.entries({ browser, worker, fetch: plain }))(
  "the %s entry says that it has no environment",
  (_, entry) => {
    expect(() => entry.FlowithDeveloper.fromEnv()).toThrow(/Pass the options to new FlowithDeveloper\(\)/);
  },
);

it("the comments are the same in each file", () => {
  const comments = ["node", ...Object.keys(entries)].flatMap((name) => {
    const source = readFileSync(new URL(`${name}.ts`, import.meta.url), "utf8");
    return [source.slice(source.indexOf("/**\n"), source.indexOf("export class"))].concat(
      source.match(/ {2}\/\*\*.*?\*\/\n {2}static/s) ?? [],
    );
  });
  expect(new Set(comments).size).toBe(2);
});
