import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WaitingTicker } from "./waiting-ticker.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("WaitingTicker", () => {
  it("reports for every wait until it is taken out, and then holds no timer", () => {
    const ticker = new WaitingTicker();
    const [one, other] = [{}, {}];
    const phases: string[] = [];
    ticker.add(one, { report: (phase) => phases.push(`one ${phase}`) });
    ticker.add(other, { report: (phase) => phases.push(`other ${phase}`) });
    vi.advanceTimersByTime(500);
    ticker.delete(one);
    vi.advanceTimersByTime(500);
    expect(phases).toEqual(["one waiting", "other waiting", "other waiting"]);
    ticker.delete(other);
    ticker.delete(other);
    expect(vi.getTimerCount()).toBe(0);
  });
});
