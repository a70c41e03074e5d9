import { getEventListeners } from "node:events";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type StartLimits, StartWindow } from "./start-window.ts";

const WINDOW_MS = 1_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** Runs tasks that last so long, one asked for after the other. @returns when each started, from the first question on */
async function startsOf(limits: StartLimits, tasksMs: readonly number[]): Promise<number[]> {
  const { signal } = new AbortController();
  const window = new StartWindow(limits);
  const fromMs = performance.now();
  const startsAtMs: number[] = [];
  const feed = async (): Promise<void> => {
    for (const taskMs of tasksMs) {
      await window.enter(signal);
      await window.start(signal);
      startsAtMs.push(performance.now() - fromMs);
      setTimeout(() => window.leave(), taskMs);
    }
    await window.idle(signal);
  };
  await Promise.all([feed(), vi.runAllTimersAsync()]);
  expect(vi.getTimerCount()).toBe(0);
  expect(getEventListeners(signal, "abort")).toEqual([]);
  return startsAtMs;
}

/** The same by arithmetic: each starts once all but `concurrency - 1` of those before it have ended, and the window has room. */
function expectedStarts({ concurrency, perWindow, windowMs }: StartLimits, tasksMs: readonly number[]): number[] {
  const startsAtMs: number[] = [];
  for (const index of tasksMs.keys()) {
    const endsAtMs = startsAtMs.map((startAtMs, before) => startAtMs + (tasksMs[before] ?? 0)).sort((a, b) => a - b);
    const placeAtMs = endsAtMs[index - concurrency] ?? 0;
    const roomAtMs = (startsAtMs[index - perWindow] ?? -windowMs) + windowMs;
    startsAtMs.push(Math.max(startsAtMs.at(-1) ?? 0, placeAtMs, roomAtMs));
  }
  return startsAtMs;
}

describe("StartWindow", () => {
  it("starts each as early as both limits allow, and no earlier", async () => {
    const limits = fc.record({
      concurrency: fc.integer({ min: 1, max: 5 }),
      perWindow: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constant(Number.POSITIVE_INFINITY)),
      windowMs: fc.constant(WINDOW_MS),
    });
    const tasksMs = fc.array(fc.integer({ min: 0, max: 2 * WINDOW_MS }), { maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(limits, tasksMs, async (limits, tasksMs) => {
        expect(await startsOf(limits, tasksMs)).toEqual(expectedStarts(limits, tasksMs));
      }),
    );
  });

  it.each([
    { waits: "for a place", limits: { concurrency: 1, perWindow: 9, windowMs: WINDOW_MS } },
    { waits: "for the window", limits: { concurrency: 9, perWindow: 1, windowMs: WINDOW_MS } },
  ])("is left at once by one that waits $waits, and nothing of it stays", async ({ limits }) => {
    const controller = new AbortController();
    const window = new StartWindow(limits);
    const begin = async (): Promise<void> => {
      await window.enter(controller.signal);
      await window.start(controller.signal);
    };
    await begin();
    const waiting = begin();
    await vi.advanceTimersByTimeAsync(WINDOW_MS / 2);
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    await expect(window.enter(controller.signal)).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });

  it("does not count what was aborted before it started", async () => {
    const window = new StartWindow({ concurrency: 1, perWindow: 1, windowMs: WINDOW_MS });
    const { signal } = new AbortController();
    await expect(window.enter(AbortSignal.abort(new Error("enough")))).rejects.toThrow("enough");
    await window.enter(signal);
    window.leave();
    await window.idle(signal);
  });
});
