import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Patience, RowSchedule } from "./row-schedule.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});

afterEach(() => {
  vi.useRealTimers();
});

const text: Patience = { quietMs: 5_000, steadyUntilMs: 15_000, maxQuietMs: 15_000 };
const media: Patience = { quietMs: 10_000, steadyUntilMs: 0, maxQuietMs: 30_000 };

/** The times of the looks at a job from which nothing comes for two minutes. */
function looks(patience: Patience, prepare: (pace: RowSchedule) => void = () => undefined): number[] {
  const startedAtMs = performance.now();
  const pace = new RowSchedule(patience);
  prepare(pace);
  const times: number[] = [];
  for (let atMs = pace.nextAskAtMs(startedAtMs); atMs <= startedAtMs + 120_000; atMs = pace.nextAskAtMs(startedAtMs)) {
    vi.advanceTimersByTime(atMs - performance.now());
    pace.asked(startedAtMs);
    times.push((atMs - startedAtMs) / 1_000);
  }
  return times;
}

describe("RowSchedule", () => {
  it("looks at a quiet text every 5 s, and after some looks every 15 s", () => {
    expect(looks(text)).toEqual([5, 10, 15, 25, 40, 55, 70, 85, 100, 115]);
  });

  it("looks at a picture after 10 s, and then less and less often", () => {
    expect(looks(media)).toEqual([10, 30, 60, 90, 120]);
  });

  it("asks at once and often for a result that is late, however often its end is announced", () => {
    const times = looks(media, (pace) => {
      pace.asked(performance.now());
      pace.ended();
      pace.content();
    });
    expect(times.slice(0, 5)).toEqual([0.25, 0.75, 1.75, 3.75, 7.75]);
  });
});
