import { expect, it } from "vitest";
import { ApiReport } from "./api-report.ts";
import { counterparts } from "./counterparts/index.ts";
import { inventory } from "./inventory.ts";
import { isProven } from "./is-proven.ts";
import { recordedCalls } from "./journal/recorded-calls.ts";
import { exportedValue, missingPart } from "./missing-part.ts";

const root = new URL("../../../", import.meta.url);
const entries = inventory();
const report = new ApiReport(root);
it("everything of the Python client has a counterpart", () => {
  expect(entries.map(({ id }) => id).filter((id) => !(id in counterparts))).toEqual([]);
});

it("no counterpart is of something that the Python client does not have", () => {
  const known = new Set(entries.map(({ id }) => id));
  expect(Object.keys(counterparts).filter((id) => !known.has(id))).toEqual([]);
});

it("every counterpart exists", () => {
  const missing = Object.entries(counterparts).flatMap(([id, { here }]) => {
    const part = here === null ? undefined : missingPart(here, report);
    return part === undefined ? [] : [`${id}: ${part}`];
  });
  expect(missing).toEqual([]);
});

it("every proof exists", () => {
  const unproven = Object.entries(counterparts).filter(([, { proof }]) => !isProven(proof));
  expect(unproven.map(([id, { proof }]) => `${id}: ${proof}`)).toEqual([]);
});

it("what has no counterpart on purpose has a reason", () => {
  const silent = Object.entries(counterparts).filter(([, { here, note }]) => here === null && note === undefined);
  expect(silent.map(([id]) => id)).toEqual([]);
});

it("the recorded results hold every field that they prove", () => {
  const recorded = recordedCalls();
  const wrong = Object.entries(counterparts).filter(([id, { proof }]) => {
    const [type = "", field = ""] = id.split(".");
    if (!proof.startsWith("gives › ") || !entries.some((entry) => entry.id === id && entry.kind === "field"))
      return false;
    const result = JSON.stringify(recorded[proof.slice("gives › ".length)]?.result);
    return field !== "__str__" && !(result.includes(`"record":"${type}"`) && result.includes(`"${field}":`));
  });
  expect(wrong.map(([id]) => id)).toEqual([]);
});

it.for(entries.filter(({ kind }) => kind === "enum value"))("has the value of $id", ({ id, value }) => {
  expect(exportedValue(counterparts[id]?.here ?? "")).toBe(value);
});
