import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { NodeRow } from "../wire/node-row.ts";
import { PostProbe } from "./post-probe.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
});

afterEach(() => {
  vi.useRealTimers();
});

const untouched: NodeRow = {
  id: "n",
  type: "2",
  parentId: null,
  createdAt: undefined,
  ageMs: undefined,
  position: undefined,
  data: { status: "init" },
  raw: {},
};

it.each([
  ["set an hour ahead", 3_600_000],
  ["set an hour back", -3_600_000],
  ["left alone", 0],
])(
  "a row that was read a moment ago is untouched, and one that was read long ago says nothing, with a date that is %s",
  async (_how, shiftMs) => {
    const recent = new PostProbe();
    const old = new PostProbe();
    old.onRow(untouched);
    vi.advanceTimersByTime(9_000);
    recent.onRow(untouched);
    vi.setSystemTime(Date.now() + shiftMs);
    vi.advanceTimersByTime(1_000);
    expect([await recent.outcome, await old.outcome]).toEqual(["untouched", "unknown"]);
  },
);

it("a row that was never read says nothing, however young the process is", async () => {
  const probe = new PostProbe();
  vi.advanceTimersByTime(10_000);
  expect(await probe.outcome).toBe("unknown");
});
