import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { deadline } from "./deadline.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
});

afterEach(() => {
  vi.useRealTimers();
});

describe("deadline", () => {
  it("aborts with the phase that passed, and what to do about it", () => {
    const limit = deadline("GET /models");
    limit.start("connect", 1_000);
    limit.start("total", 3_000);
    vi.advanceTimersByTime(1_000);
    expect(limit.signal.reason).toMatchObject({ name: "TimeoutError", phase: "connect", limitMs: 1_000 });
    expect(String(limit.signal.reason)).toMatch(/^TimeoutError: GET \/models: .* Raise timeout\.connectMs/);
    limit.release();
  });

  it("comes where a test moves its timers, and not the clock", () => {
    vi.useRealTimers();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const limit = deadline("GET /models");
    limit.start("total", 30_000);
    limit.start("connect", 10_000);
    limit.stop("connect");
    limit.start("idle", 20_000);
    vi.advanceTimersByTime(20_000);
    expect(limit.signal.reason).toMatchObject({ phase: "idle", limitMs: 20_000 });
    limit.release();
  });

  it("starts a phase anew, and knows what is left of the whole", () => {
    const limit = deadline("GET /models");
    limit.start("total", 3_000);
    limit.start("idle", 1_000);
    vi.advanceTimersByTime(900);
    limit.start("idle", 1_000);
    vi.advanceTimersByTime(900);
    expect(limit.signal.aborted).toBe(false);
    expect(limit.leftMs()).toBe(1_200);
    vi.advanceTimersByTime(100);
    expect(limit.signal.reason).toMatchObject({ phase: "idle" });
    limit.release();
  });

  it("has no limit where it is 0 or absent, and none of 1 ms where it is longer than a timer can be", () => {
    const limit = deadline("GET /models");
    limit.start("connect", 0);
    limit.start("idle", undefined);
    expect(vi.getTimerCount()).toBe(0);
    expect(limit.leftMs()).toBe(Number.POSITIVE_INFINITY);
    limit.start("total", 2 ** 40);
    vi.advanceTimersByTime(2 ** 33);
    expect(limit.signal.aborted).toBe(false);
    limit.release();
  });

  it("stops the clock of the total limit for a while, and says then what the whole limit was", () => {
    const limit = deadline("GET /models");
    limit.pause()();
    expect(vi.getTimerCount()).toBe(0);
    limit.start("total", 3_000);
    vi.advanceTimersByTime(2_000);
    const goOn = limit.pause();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(60_000);
    goOn();
    expect(limit.leftMs()).toBe(1_000);
    vi.advanceTimersByTime(999);
    expect(limit.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(limit.signal.reason).toMatchObject({ phase: "total", limitMs: 3_000 });
    limit.release();
  });

  it("follows the caller's signal with its own reason, and leaves neither listener nor timer", () => {
    const controller = new AbortController();
    const limit = deadline("GET /models", controller.signal);
    limit.start("total", 3_000);
    limit.release();
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
    const followed = deadline("GET /models", controller.signal);
    const reason = new Error("enough");
    controller.abort(reason);
    expect(followed.signal.reason).toBe(reason);
    expect(deadline("GET /models", controller.signal).signal.reason).toBe(reason);
  });

  it.each([3_600_000, -3_600_000])("is not moved by a date that is set %d ms ahead", (shiftMs) => {
    const limit = deadline("GET /models");
    limit.start("total", 3_000);
    vi.setSystemTime(Date.now() + shiftMs);
    expect(limit.leftMs()).toBe(3_000);
    vi.advanceTimersByTime(2_999);
    expect(limit.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(limit.signal.reason).toMatchObject({ phase: "total" });
    limit.release();
  });
});
