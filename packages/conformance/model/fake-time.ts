import { setImmediate as turn } from "node:timers/promises";
import { vi } from "vitest";

/** Takes over timers and the date. Microtasks and `setImmediate` stay real, so that promises settle by themselves. */
export function useFakeTime(): void {
  vi.useFakeTimers({
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "performance"],
    now: Date.UTC(2026, 10, 24),
  });
}

/** Lets everything happen that waits for no timer. */
export async function settle(): Promise<void> {
  // Three turns: a rejection counts as unhandled only after the turn in which nobody took it.
  for (let count = 0; count < 3; count++) await turn();
}

/** Moves time on, timer by timer, with everything that each of them sets off. */
export async function advance(ms: number): Promise<void> {
  let isOver = false;
  setTimeout(() => {
    isOver = true;
  }, ms);
  await settle();
  while (!isOver) {
    vi.advanceTimersToNextTimer();
    await settle();
  }
}
