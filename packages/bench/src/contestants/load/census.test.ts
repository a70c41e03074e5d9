import { afterEach, expect, it } from "vitest";
import { beginCensus, type Census } from "./census.ts";

const { Map: PlainMap, Set: PlainSet } = globalThis;
const { addEventListener } = EventTarget.prototype;

afterEach(() => {
  EventTarget.prototype.addEventListener = addEventListener;
  Object.assign(globalThis, { Map: PlainMap, Set: PlainSet });
});

/** By how much each figure rose. */
function rise(before: Census, after: Census): Partial<Census> {
  return { listeners: after.listeners - before.listeners, entries: after.entries - before.entries };
}

it("counts the listeners that are left, not those that were taken off or told once", () => {
  const census = beginCensus();
  const before = census();
  const controller = new AbortController();
  const told = new EventTarget();
  const listener = (): void => undefined;
  for (let number = 0; number < 7; number++) controller.signal.addEventListener("abort", () => undefined);
  controller.signal.addEventListener("abort", listener);
  controller.signal.removeEventListener("abort", listener);
  told.addEventListener("told", listener, { once: true });
  told.dispatchEvent(new Event("told"));
  expect(rise(before, census())).toEqual({ listeners: 7, entries: 0 });
  expect(census().mostListeners).toBeGreaterThanOrEqual(7);
});

it("counts the entries of maps and sets that were made since it began", () => {
  const older = new Map([[1, 1]]);
  const census = beginCensus();
  const before = census();
  const map = new Map([
    ["a", 1],
    ["b", 2],
  ]);
  const set = new Set("xyz");
  map.delete("a");
  older.set(2, 2);
  expect(rise(before, census())).toEqual({ listeners: 0, entries: 4 });
  expect(set.size).toBe(3);
});
