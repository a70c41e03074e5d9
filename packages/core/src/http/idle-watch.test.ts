import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { idleWatch } from "./idle-watch.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe("idleWatch", () => {
  it("fires once, when a wait lasts as long as it may, counted from its own beginning", async () => {
    const onIdle = vi.fn();
    const watch = idleWatch(1_000, onIdle);
    watch.begin();
    await vi.advanceTimersByTimeAsync(600);
    watch.end();
    watch.begin();
    await vi.advanceTimersByTimeAsync(999);
    expect(onIdle).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(onIdle).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("sets no timer for each of many waits, and leaves none behind", async () => {
    const setTimer = vi.spyOn(globalThis, "setTimeout");
    const watch = idleWatch(1_000, () => undefined);
    for (let wait = 0; wait < 1_000; wait++) {
      watch.begin();
      watch.end();
    }
    expect(setTimer).toHaveBeenCalledTimes(1);
    watch.stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("lets a timer run out after the last wait, so that a body that nobody reads on holds no process", async () => {
    const onIdle = vi.fn();
    const watch = idleWatch(1_000, onIdle);
    watch.begin();
    watch.end();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(vi.getTimerCount()).toBe(0);
    expect(onIdle).not.toHaveBeenCalled();
  });

  it("is off at 0", () => {
    const watch = idleWatch(0, () => undefined);
    watch.begin();
    expect(vi.getTimerCount()).toBe(0);
  });
});
