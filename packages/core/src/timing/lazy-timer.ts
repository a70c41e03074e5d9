import { now } from "./now.ts";
import { startTimer, type Timer } from "./timer.ts";

/**
 * A timer that is set anew again and again, as by each event of a job. To put it off costs a look at the clock: the
 * `setTimeout` that runs is left alone, and goes on for what is left when it fires too early.
 */
export class LazyTimer {
  readonly #onTime: (dueAtMs: number) => void;
  #dueAtMs = Number.POSITIVE_INFINITY;
  #timer: Timer | undefined;
  #firesAtMs = 0;

  /** @param onTime called once each time that it is set and runs out, with the time that it was set to */
  constructor(onTime: (dueAtMs: number) => void) {
    this.#onTime = onTime;
  }

  /** @param leftMs from now on; Infinity never runs out */
  set(leftMs: number): void {
    this.setAt(now() + leftMs);
  }

  /** @param dueAtMs in ms of `now()` */
  setAt(dueAtMs: number): void {
    this.#dueAtMs = dueAtMs;
    if (this.#timer === undefined || dueAtMs < this.#firesAtMs) this.#start(dueAtMs - now());
  }

  /** Off until it is set again. The `setTimeout` runs on, so that to set it again costs no new one. */
  unset(): void {
    this.#dueAtMs = Number.POSITIVE_INFINITY;
  }

  /** As `unset`, and leaves nothing behind that would keep the process alive. */
  stop(): void {
    this.unset();
    this.#timer?.stop();
    this.#timer = undefined;
  }

  #start(leftMs: number): void {
    this.#timer?.stop();
    this.#timer = undefined;
    if (leftMs === Number.POSITIVE_INFINITY) return;
    this.#firesAtMs = this.#dueAtMs;
    this.#timer = startTimer(Math.max(0, leftMs), () => this.#fire());
  }

  #fire(): void {
    this.#timer = undefined;
    const dueAtMs = this.#dueAtMs;
    // The clock is not asked where nothing was put off: a test may have replaced `setTimeout` alone.
    if (dueAtMs > this.#firesAtMs && dueAtMs > now()) {
      this.#start(dueAtMs - now());
      return;
    }
    this.unset();
    this.#onTime(dueAtMs);
  }
}
