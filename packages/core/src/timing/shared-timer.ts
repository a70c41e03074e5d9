import { LazyTimer } from "./lazy-timer.ts";

/** Whom a {@link SharedTimer} wakes. */
export interface Sleeper {
  /** When it is to be woken, in ms of `now()`; Infinity for not at all. */
  readonly wakeAtMs: number;
  /** Called once each time that it was set. @param nowMs no less than what it was set to */
  onTime(nowMs: number): void;
}

/**
 * One `setTimeout` for any number of sleepers, for limits that nearly all end before they pass: to have one costs a place in
 * a set. When it fires all are looked through.
 */
export class SharedTimer {
  readonly #sleepers = new Set<Sleeper>();
  readonly #timer: LazyTimer = new LazyTimer(() => this.#wake());
  #firesAtMs = Number.POSITIVE_INFINITY;

  /** To be called again after it was woken, and whenever its time has become another. */
  set(sleeper: Sleeper): void {
    this.#sleepers.add(sleeper);
    this.#fireAt(sleeper.wakeAtMs);
  }

  /** Does nothing where it is not set. The last one leaves no timer behind. */
  delete(sleeper: Sleeper): void {
    if (!this.#sleepers.delete(sleeper) || this.#sleepers.size > 0) return;
    this.#timer.stop();
    this.#firesAtMs = Number.POSITIVE_INFINITY;
  }

  #fireAt(atMs: number): void {
    if (atMs >= this.#firesAtMs) return;
    this.#firesAtMs = atMs;
    this.#timer.setAt(atMs);
  }

  #wake(): void {
    this.#firesAtMs = Number.POSITIVE_INFINITY;
    const { nowMs } = this.#timer;
    const due: Sleeper[] = [];
    let nextMs = Number.POSITIVE_INFINITY;
    for (const sleeper of this.#sleepers) {
      if (sleeper.wakeAtMs <= nowMs) due.push(sleeper);
      else nextMs = Math.min(nextMs, sleeper.wakeAtMs);
    }
    this.#fireAt(nextMs);
    // What one does may end another.
    for (const sleeper of due) if (this.#sleepers.delete(sleeper)) sleeper.onTime(nowMs);
  }
}
