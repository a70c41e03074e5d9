import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LazyTimer } from "./lazy-timer.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function newTimer(): { timer: LazyTimer; firedAtMs: number[] } {
  const firedAtMs: number[] = [];
  return { timer: new LazyTimer(() => firedAtMs.push(performance.now())), firedAtMs };
}

describe("LazyTimer", () => {
  it("runs out once each time that it is set", () => {
    const { timer, firedAtMs } = newTimer();
    timer.set(1_000);
    vi.advanceTimersByTime(5_000);
    timer.set(1_000);
    vi.advanceTimersByTime(5_000);
    expect(firedAtMs).toEqual([1_000, 6_000]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is put off without a new setTimeout, and runs out when it was last set to", () => {
    const setTimer = vi.spyOn(globalThis, "setTimeout");
    const { timer, firedAtMs } = newTimer();
    for (let count = 0; count < 900; count++) {
      timer.set(1_000);
      vi.advanceTimersByTime(1);
    }
    expect(setTimer).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(5_000);
    expect(firedAtMs).toEqual([1_899]);
    expect(setTimer).toHaveBeenCalledTimes(2);
  });

  it("runs out where a test moves its timers, and not the clock", () => {
    vi.useRealTimers();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const onTime = vi.fn();
    const timer = new LazyTimer(onTime);
    for (const calls of [1, 2]) {
      timer.set(60_000);
      vi.advanceTimersByTime(60_000);
      expect(onTime).toHaveBeenCalledTimes(calls);
    }
    timer.stop();
  });

  it("is brought forward", () => {
    const { timer, firedAtMs } = newTimer();
    timer.set(60_000);
    vi.advanceTimersByTime(100);
    timer.set(1_000);
    vi.advanceTimersByTime(100_000);
    expect(firedAtMs).toEqual([1_100]);
  });

  it("is off while it is unset or set to Infinity, and its setTimeout runs out by itself", () => {
    const { timer, firedAtMs } = newTimer();
    timer.set(Number.POSITIVE_INFINITY);
    expect(vi.getTimerCount()).toBe(0);
    timer.set(1_000);
    timer.unset();
    vi.advanceTimersByTime(999);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1);
    expect({ firedAtMs, timers: vi.getTimerCount() }).toEqual({ firedAtMs: [], timers: 0 });
  });

  it("leaves nothing behind when it is stopped, and may be set again", () => {
    const { timer, firedAtMs } = newTimer();
    timer.set(1_000);
    timer.stop();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(500);
    timer.set(1_000);
    vi.advanceTimersByTime(5_000);
    expect(firedAtMs).toEqual([1_500]);
  });

  it("runs out at the next turn where its time has passed already", () => {
    const { timer, firedAtMs } = newTimer();
    timer.set(-500);
    expect(firedAtMs).toEqual([]);
    vi.advanceTimersByTime(0);
    expect(firedAtMs).toEqual([0]);
  });
});
