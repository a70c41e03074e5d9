import { now } from "../timing/now.ts";

/** How patient a kind of job is with silence. */
export interface Patience {
  /** Silence after which the row is asked, and asked again. */
  quietMs: number;
  /** Up to this much silence the row is asked every `quietMs`; from then on the time between doubles with each. */
  steadyUntilMs: number;
  /** The longest time between. */
  maxQuietMs: number;
}

/** How soon the row is asked again when the result of a job that has ended is late; that doubles as well. */
const FIRST_LATE_ASK_MS = 250;

/** How often the row of one job is asked. */
export class RowSchedule {
  readonly #patience: Patience;
  #quietMs: number;
  #isLate = false;
  lastAskedAtMs: number = Number.NEGATIVE_INFINITY;

  constructor(patience: Patience) {
    this.#patience = patience;
    this.#quietMs = patience.quietMs;
  }

  nextAskAtMs(quietSinceMs: number): number {
    return Math.max(this.#isLate ? Number.NEGATIVE_INFINITY : quietSinceMs, this.lastAskedAtMs) + this.#quietMs;
  }

  asked(quietSinceMs: number): void {
    this.lastAskedAtMs = now();
    const { steadyUntilMs, maxQuietMs } = this.#patience;
    const isSteady = !this.#isLate && this.lastAskedAtMs - quietSinceMs < steadyUntilMs;
    if (!isSteady) this.#quietMs = Math.min(maxQuietMs, this.#quietMs * 2);
  }

  /** The silence is over. While a result is late, repeats of its announcement must not slow the asking down. */
  content(): void {
    if (!this.#isLate) this.#quietMs = this.#patience.quietMs;
  }

  /** The service has ended the job, but its result is not there. */
  ended(): void {
    this.#isLate = true;
    this.#quietMs = FIRST_LATE_ASK_MS;
  }
}
