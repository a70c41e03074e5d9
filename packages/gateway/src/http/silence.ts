/**
 * Tells again and again that something has been waited for as long as a limit. One timer serves all waits of a stream, of which
 * there are hundreds a second.
 */
export class Silence {
  readonly #limitMs: number;
  readonly #onLimit: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sinceMs: number | undefined;

  constructor(limitMs: number, onLimit: () => void) {
    this.#limitMs = limitMs;
    this.#onLimit = onLimit;
  }

  /** Something is waited for from now on. */
  begin(): void {
    this.#sinceMs = performance.now();
    this.#timer ??= this.#look(this.#limitMs);
  }

  /** It has come. */
  end(): void {
    this.#sinceMs = undefined;
  }

  /** Nothing is waited for any more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #look(afterMs: number): ReturnType<typeof setTimeout> {
    return setTimeout(() => {
      this.#timer = undefined;
      if (this.#sinceMs === undefined) return;
      const now = performance.now();
      const leftMs = this.#sinceMs + this.#limitMs - now;
      this.#timer = this.#look(leftMs > 0 ? leftMs : this.#limitMs);
      if (leftMs > 0) return;
      this.#sinceMs = now;
      this.#onLimit();
    }, afterMs);
  }
}
