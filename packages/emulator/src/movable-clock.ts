import { type Clock, systemClock } from "./clock.ts";
import { EmulatorOptionError } from "./option-error.ts";

/**
 * The years that every part of the service can write down: tokens, rows, and a year's grant from then on. With any other
 * time each answer would fail.
 */
const firstMs = 0;
const lastMs = Date.UTC(9998, 0);

/** A clock that runs with the system's, shifted by what a test asked for. */
export interface MovableClock extends Clock {
  /** @throws EmulatorOptionError when it would leave the years 1970 to 9997 */
  advance(ms: number): void;
  /** @throws EmulatorOptionError for a time that is not in the years 1970 to 9997 */
  set(ms: number): void;
  /** Back to the system's time. */
  reset(): void;
}

export function createMovableClock(base: Clock = systemClock): MovableClock {
  let offsetMs = 0;

  function moveTo(ms: number): void {
    // A number in a string would pass, and be joined to the time.
    if (!(Number.isFinite(ms) && ms >= firstMs && ms < lastMs)) {
      throw new EmulatorOptionError("clock", "ms", "Expected a number of milliseconds from 1970 to 9997");
    }
    offsetMs = ms - base.now();
  }

  return {
    now: () => base.now() + offsetMs,
    advance: (ms) => moveTo(base.now() + offsetMs + ms),
    set: moveTo,
    reset: () => {
      offsetMs = 0;
    },
  };
}
