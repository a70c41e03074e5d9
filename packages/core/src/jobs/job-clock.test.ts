import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SharedTimer } from "../timing/shared-timer.ts";
import { JobClock } from "./job-clock.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const LIMITS = { connectMs: 10_000, firstEventMs: 60_000, idleMs: 120_000, totalMs: 600_000 };

function started(limits: Partial<typeof LIMITS> = {}): { clock: JobClock; seen: string[] } {
  const startedAtMs = performance.now();
  const seen: string[] = [];
  const tell = (label: string): void => void seen.push(`${label} at ${performance.now() - startedAtMs}`);
  const clock = new JobClock(
    { ...LIMITS, ...limits },
    { onLastLook: () => tell("last look"), onLimit: ({ phase, limitMs }) => tell(`${phase} ${limitMs}`) },
    new SharedTimer(),
  );
  clock.start();
  return { clock, seen };
}

/** As a process that is suspended: its clock goes on, and no timer fires. */
function holdUp(ms: number): void {
  const ofTimers = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => ofTimers() + ms);
}

describe("JobClock", () => {
  it("has a last look before the limit that it runs into", () => {
    const { clock, seen } = started();
    vi.advanceTimersByTime(1_000);
    clock.posted();
    vi.advanceTimersByTime(1_000_000);
    expect(seen).toEqual(["last look at 59000", "first-event 60000 at 61000"]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("comes to its limit where a test moves its timers, and not the clock", () => {
    vi.useRealTimers();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { seen } = started();
    vi.advanceTimersByTime(600_000);
    expect(seen.map((line) => line.replace(/ at .*/, ""))).toEqual(["last look", "total 600000"]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("counts silence from the last event, and sets no timer for each of many", () => {
    const setTimer = vi.spyOn(globalThis, "setTimeout");
    const { clock, seen } = started();
    clock.posted();
    for (let second = 1; second <= 100; second++) {
      vi.advanceTimersByTime(1_000);
      clock.content();
    }
    expect(setTimer.mock.calls.length).toBeLessThan(6);
    vi.advanceTimersByTime(1_000_000);
    expect(seen).toEqual(["last look at 218000", "idle 120000 at 220000"]);
  });

  it("has another last look where an event comes after the one before", () => {
    const { clock, seen } = started();
    clock.posted();
    vi.advanceTimersByTime(59_000);
    clock.content();
    vi.advanceTimersByTime(1_000_000);
    expect(seen).toEqual(["last look at 58000", "last look at 177000", "idle 120000 at 179000"]);
  });

  it("has its last look, and time for what that finds, where the process was held up beyond the limit", () => {
    const { clock, seen } = started({ idleMs: 2_000 });
    clock.posted();
    clock.content();
    holdUp(5_000);
    vi.advanceTimersByTime(1_000);
    expect(seen).toEqual(["last look at 6000"]);
    vi.advanceTimersByTime(1_000);
    expect(seen).toEqual(["last look at 6000", "idle 2000 at 7000"]);
  });

  it("goes on where the late look finds that the job does", () => {
    const { clock, seen } = started({ idleMs: 2_000 });
    clock.posted();
    clock.content();
    holdUp(5_000);
    vi.advanceTimersByTime(1_000);
    clock.content();
    vi.advanceTimersByTime(1_500);
    expect(seen).toEqual(["last look at 6000", "last look at 7000"]);
  });

  it("waits for the result of a job that has ended, and not for one that is stopped", () => {
    const { clock, seen } = started({ totalMs: 0 });
    clock.posted();
    clock.content();
    clock.ended();
    vi.advanceTimersByTime(1_000_000);
    expect(seen).toEqual(["last look at 8000", "settle 10000 at 10000"]);
    const stopped = started();
    stopped.clock.posted();
    stopped.clock.stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("looks in the middle of a limit that is short, and has none where all are 0", () => {
    const { seen } = started({ totalMs: 1_000 });
    vi.advanceTimersByTime(10_000);
    expect(seen).toEqual(["last look at 500", "total 1000 at 1000"]);
    started({ totalMs: 0 });
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    ["ahead", 3_600_000],
    ["back", -3_600_000],
  ])("has the same limits when the machine's date is set an hour %s", (_where, shiftMs) => {
    const { clock, seen } = started();
    clock.posted();
    clock.content();
    vi.setSystemTime(Date.now() + shiftMs);
    vi.advanceTimersByTime(1_000);
    expect({ seen, leftMs: clock.leftMs }).toEqual({ seen: [], leftMs: 599_000 });
    clock.content();
    vi.advanceTimersByTime(1_000_000);
    expect(seen).toEqual(["last look at 119000", "idle 120000 at 121000"]);
  });
});
