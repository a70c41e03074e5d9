import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { PromptAge } from "./prompt-age.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("is asked for once, when it is wanted, and grows with the time that passes, whatever the date", async () => {
  const ask = vi.fn(async () => 5_000);
  const onKnown = vi.fn();
  const prompt = new PromptAge(ask, onKnown);
  expect(ask).not.toHaveBeenCalled();
  expect(prompt.ms).toBeUndefined();
  expect(prompt.ms).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1_000);
  vi.setSystemTime(0);
  expect(prompt.ms).toBe(6_000);
  expect(ask).toHaveBeenCalledTimes(1);
  expect(onKnown).toHaveBeenCalledExactlyOnceWith(5_000);
});

it("is asked for anew where that failed, and not where the service does not tell", async () => {
  const ask = vi
    .fn<() => Promise<number | undefined>>()
    .mockRejectedValueOnce(new Error("no"))
    .mockResolvedValue(undefined);
  const prompt = new PromptAge(ask, () => undefined);
  for (let look = 0; look < 4; look++) {
    expect(prompt.ms).toBeUndefined();
    await vi.advanceTimersByTimeAsync(0);
  }
  expect(ask).toHaveBeenCalledTimes(2);
});
