import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LivenessTimer } from "./liveness-timer.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
});

afterEach(() => {
  vi.useRealTimers();
});

function started(limitMs?: number): { timer: LivenessTimer; deadAtMs: number[] } {
  const startedAtMs = Date.now();
  const deadAtMs: number[] = [];
  const timer = new LivenessTimer(limitMs, () => deadAtMs.push(Date.now() - startedAtMs));
  timer.start();
  return { timer, deadAtMs };
}

describe("LivenessTimer", () => {
  it("waits 60 s for a connection that has sent no heartbeat", () => {
    const { deadAtMs } = started();
    vi.advanceTimersByTime(100_000);
    expect(deadAtMs).toEqual([60_000]);
  });

  it("waits 15 s once there was a heartbeat, counted from the last byte", () => {
    const { timer, deadAtMs } = started();
    vi.advanceTimersByTime(5_000);
    timer.touch();
    timer.expectHeartbeats();
    vi.advanceTimersByTime(10_000);
    timer.touch();
    vi.advanceTimersByTime(100_000);
    expect(deadAtMs).toEqual([30_000]);
  });

  it("goes by the caller's limit where there is one, and is off at 0", () => {
    const { timer, deadAtMs } = started(2_000);
    timer.expectHeartbeats();
    vi.advanceTimersByTime(100_000);
    expect(deadAtMs).toEqual([2_000]);
    const off = started(0);
    vi.advanceTimersByTime(1_000_000);
    expect(off.deadAtMs).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("has one timer, however many bytes come, and none when it is stopped", () => {
    const { timer, deadAtMs } = started();
    for (let count = 0; count < 1_000; count++) timer.touch();
    expect(vi.getTimerCount()).toBe(1);
    timer.stop();
    vi.advanceTimersByTime(100_000);
    expect({ deadAtMs, timers: vi.getTimerCount() }).toEqual({ deadAtMs: [], timers: 0 });
  });
});
