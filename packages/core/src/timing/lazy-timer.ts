import { now } from "./now.ts";
import { startTimer, type Timer } from "./timer.ts";

/**
 * A timer that is set anew again and again, as by each event of a job. To put it off costs a look at the clock: the
 * `setTimeout` that runs is left alone, and goes on for what is left when it fires too early.
 */
export class LazyTimer {
  readonly #onTime: () => void;
  #passedMs = Number.NEGATIVE_INFINITY;
  #dueAtMs = Number.POSITIVE_INFINITY;
  #timer: Timer | undefined;
  #firesAtMs = 0;

  /** @param onTime called once each time that it is set and runs out */
  constructor(onTime: () => void) {
    this.#onTime = onTime;
  }

  /**
   * The time by `now()`, and no less than what a `setTimeout` of this timer has shown to have passed: where a test moves its
   * timers and not the clock (as `mock.timers` of `node:test` do), a limit still comes.
   */
  get nowMs(): number {
    return Math.max(now(), this.#passedMs);
  }

  /** @param leftMs from now on; Infinity never runs out */
  set(leftMs: number): void {
    this.setAt(this.nowMs + leftMs);
  }

  /** @param dueAtMs by `nowMs` */
  setAt(dueAtMs: number): void {
    this.#dueAtMs = dueAtMs;
    if (this.#timer === undefined || this.#dueAtMs < this.#firesAtMs) this.#start();
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

  #start(): void {
    this.#timer?.stop();
    this.#timer = undefined;
    const leftMs = this.#dueAtMs - this.nowMs;
    if (leftMs === Number.POSITIVE_INFINITY) return;
    this.#firesAtMs = this.#dueAtMs;
    this.#timer = startTimer(Math.max(0, leftMs), () => this.#fire());
  }

  #fire(): void {
    this.#timer = undefined;
    this.#passedMs = this.#firesAtMs;
    if (this.#dueAtMs > this.nowMs) {
      this.#start();
      return;
    }
    this.unset();
    this.#onTime();
  }
}
