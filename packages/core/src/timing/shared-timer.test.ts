import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SharedTimer, type Sleeper } from "./shared-timer.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

function setting() {
  const woken: string[] = [];
  const timer = new SharedTimer();
  const sleeper = (name: string, inMs: number): Sleeper & { wakeAtMs: number } => ({
    wakeAtMs: performance.now() + inMs,
    onTime: () => void woken.push(`${name} at ${performance.now()}`),
  });
  return { timer, woken, sleeper };
}

describe("SharedTimer", () => {
  it("wakes each at its time and once, by one setTimeout at a time", () => {
    const { timer, woken, sleeper } = setting();
    for (const [name, inMs] of [
      ["c", 300],
      ["a", 100],
      ["b", 200],
    ] as const)
      timer.set(sleeper(name, inMs));
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1_000);
    expect(woken).toEqual(["a at 100", "b at 200", "c at 300"]);
  });

  it("lets one that was woken be set again, as do those that are due together", () => {
    const { timer, woken, sleeper } = setting();
    const again = sleeper("again", 100);
    const { onTime } = again;
    let isFirst = true;
    again.onTime = () => {
      onTime(performance.now());
      if (isFirst) timer.set(Object.assign(again, { wakeAtMs: 150 }));
      isFirst = false;
    };
    timer.set(again);
    timer.set(sleeper("other", 100));
    vi.advanceTimersByTime(1_000);
    expect(woken).toEqual(["again at 100", "other at 100", "again at 150"]);
  });

  it("is brought forward by one that is due earlier, and forgets who was taken out", () => {
    const { timer, woken, sleeper } = setting();
    const [late, early] = [sleeper("late", 500), sleeper("early", 200)];
    timer.set(late);
    timer.set(early);
    timer.set(Object.assign(late, { wakeAtMs: 100 }));
    timer.delete(early);
    timer.delete(early);
    vi.advanceTimersByTime(1_000);
    expect(woken).toEqual(["late at 100"]);
  });

  it("holds no timer once the last is taken out, nor for one that is never due, and can be used anew", () => {
    const { timer, woken, sleeper } = setting();
    const first = sleeper("first", 100);
    timer.set(first);
    timer.delete(first);
    expect(vi.getTimerCount()).toBe(0);
    timer.set(sleeper("never", Number.POSITIVE_INFINITY));
    expect(vi.getTimerCount()).toBe(0);
    timer.set(sleeper("second", 100));
    vi.advanceTimersByTime(1_000);
    expect(woken).toEqual(["second at 100"]);
  });
});
