import { delay, now, withSignal } from "@flowith-webapi/core/http";

export interface StartLimits {
  /** How many run at once. */
  concurrency: number;
  /** How many start within any window. */
  perWindow: number;
  windowMs: number;
}

/** Says when the next one may start, for a caller that asks for places one after the other. Waits leave no timer and no listener. */
export class StartWindow {
  readonly #limits: StartLimits;
  /** The starts that still count, oldest first; none where nothing limits them. */
  readonly #startsAtMs: number[] = [];
  #running = 0;
  #onLeave: () => void = () => undefined;

  constructor(limits: StartLimits) {
    this.#limits = limits;
  }

  /** Resolves when there is a place for one more, which takes it; rejects with the signal's reason as soon as that aborts. */
  async enter(signal: AbortSignal): Promise<void> {
    await this.#until(this.#limits.concurrency - 1, signal);
    this.#running++;
  }

  /** Resolves when one that has its place may start, which counts it; rejects as {@link enter}. */
  async start(signal: AbortSignal): Promise<void> {
    for (let leftMs = this.#leftMs(); leftMs > 0; leftMs = this.#leftMs()) await delay(leftMs, signal);
    if (this.#limits.perWindow !== Number.POSITIVE_INFINITY) this.#startsAtMs.push(now());
  }

  /** One has ended. */
  leave(): void {
    this.#running--;
    this.#onLeave();
  }

  /** Resolves when none runs. */
  idle(signal: AbortSignal): Promise<void> {
    return this.#until(0, signal);
  }

  async #until(most: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    while (this.#running > most) {
      const left = new Promise<void>((resolve) => {
        this.#onLeave = resolve;
      });
      await withSignal(left, signal);
    }
  }

  /** How long until the window has room. A start counts until its window is over, and no longer. */
  #leftMs(): number {
    const { perWindow, windowMs } = this.#limits;
    const nowMs = now();
    for (;;) {
      const [oldestAtMs] = this.#startsAtMs;
      if (oldestAtMs === undefined) return 0;
      const leftMs = oldestAtMs + windowMs - nowMs;
      if (leftMs > 0) return this.#startsAtMs.length < perWindow ? 0 : leftMs;
      this.#startsAtMs.shift();
    }
  }
}
