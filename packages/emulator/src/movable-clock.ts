import { type Clock, systemClock } from "./clock.ts";

/** A clock that runs with the system's, shifted by what a test asked for. */
export interface MovableClock extends Clock {
  advance(ms: number): void;
  set(ms: number): void;
  /** Back to the system's time. */
  reset(): void;
}

export function createMovableClock(base: Clock = systemClock): MovableClock {
  let offsetMs = 0;
  return {
    now: () => base.now() + offsetMs,
    advance: (ms) => {
      offsetMs += ms;
    },
    set: (ms) => {
      offsetMs = ms - base.now();
    },
    reset: () => {
      offsetMs = 0;
    },
  };
}
