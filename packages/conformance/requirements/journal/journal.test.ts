import type { Emulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, expect, it } from "vitest";
import { requestDifferences } from "./differences.ts";
import { everywhere, intendedRequests, intendedResults } from "./intended.ts";
import { withOpenedPage } from "./opened-page.ts";
import { ourCalls } from "./our-calls.ts";
import { type RecordedCall, recordedCalls } from "./recorded-calls.ts";
import { resultDifferences } from "./result-differences.ts";
import { runOurCall } from "./run-our-call.ts";
import { scenePlaceholders, startScene } from "./scene.ts";
import { type Placeholders, withPlaceholders } from "./sent-request.ts";

const recorded = recordedCalls();
const names = Object.keys(recorded);

let emulator: Emulator;
let replace: Placeholders;
let fresh: string;
let isChanged = false;
const done = new Map<string, RecordedCall>();
const usedEverywhere = new Set<string>();

beforeAll(async () => {
  emulator = await startScene();
  replace = scenePlaceholders(emulator);
  fresh = await emulator.snapshot();
});

afterAll(() => emulator.close());

/** Each call is made once, on the rows that the Python client met. */
async function ours(name: string): Promise<RecordedCall> {
  const before = done.get(name);
  if (before !== undefined) return before;
  if (isChanged) await emulator.restore(fresh);
  const { requests, result } = await runOurCall(name, emulator, replace);
  isChanged = requests.some(({ method }) => method !== "GET") || name.includes("save") || name.includes("online");
  const call = withOpenedPage({ requests, result: withPlaceholders(result, replace) });
  done.set(name, call);
  return call;
}

function theirs(name: string): RecordedCall {
  return withOpenedPage(recorded[name] ?? { requests: [], result: undefined });
}

it("makes each call that was recorded, and no other", () => {
  expect(Object.keys(ourCalls).sort()).toEqual([...names].sort());
  expect(names).toEqual(expect.arrayContaining(Object.keys({ ...intendedRequests, ...intendedResults })));
});

it.for(names)("%s sends what the Python client sends, but for the intended differences", async (name) => {
  const differences = requestDifferences(theirs(name).requests, (await ours(name)).requests).filter((difference) => {
    const known = Object.keys(everywhere).find((one) => difference.endsWith(`: ${one}`));
    if (known !== undefined) usedEverywhere.add(known);
    return known === undefined;
  });
  expect(differences).toEqual(Object.keys(intendedRequests[name] ?? {}).sort());
});

it.for(names)("%s gives what the Python client gives, but for the intended differences", async (name) => {
  const differences = resultDifferences(theirs(name).result, (await ours(name)).result);
  expect(differences.sort()).toEqual(Object.keys(intendedResults[name] ?? {}).sort());
});

it("has no reason for a difference that is nowhere", ({ skip }) => {
  skip(done.size < names.length, "only some calls were made");
  expect([...usedEverywhere].sort()).toEqual(Object.keys(everywhere).sort());
});
