const TICK_MS = 60;

/** Runs the newest of what comes under each name, all together and at most once a tick. */
export class Ticker {
  readonly #waiting = new Map<string, () => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  at(name: string, run: () => void): void {
    this.#waiting.set(name, run);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      for (const key of [...this.#waiting.keys()]) this.flush(key);
    }, TICK_MS);
  }

  /** Runs what waits under a name, now. */
  flush(name: string): void {
    const run = this.#waiting.get(name);
    this.#waiting.delete(name);
    run?.();
  }

  /** Forgets what waits under a name. */
  drop(name: string): void {
    this.#waiting.delete(name);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting.clear();
  }
}
