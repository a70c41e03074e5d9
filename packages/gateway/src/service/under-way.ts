import { GatewayError } from "../errors.ts";
import { Life } from "./life.ts";

const RETRY_AFTER_MS = 1_000;

/** The requests that are under way, and whether there may be more. */
export class UnderWay {
  readonly #lives = new Set<Life>();
  readonly #limits: { maxConcurrent: number; requestTimeoutMs: number };
  #isDraining = false;
  #onNone: (() => void)[] = [];

  constructor(limits: { maxConcurrent: number; requestTimeoutMs: number }) {
    this.#limits = limits;
  }

  get count(): number {
    return this.#lives.size;
  }

  get isDraining(): boolean {
    return this.#isDraining;
  }

  /** @throws GatewayError 503 while draining, or while there are too many */
  begin(): Life {
    if (this.#isDraining) throw unavailable("shutting_down", "The gateway is shutting down.");
    const { maxConcurrent, requestTimeoutMs } = this.#limits;
    if (maxConcurrent > 0 && this.#lives.size >= maxConcurrent) {
      throw unavailable(
        "overloaded",
        `${maxConcurrent} requests are under way, which is the most that there may be here.`,
      );
    }
    const life = new Life(requestTimeoutMs, () => this.#endEndless());
    this.#lives.add(life);
    life.onEnd(() => {
      this.#lives.delete(life);
      this.#endEndless();
      if (this.#lives.size === 0) for (const tell of this.#onNone.splice(0)) tell();
    });
    return life;
  }

  /**
   * Lets nothing begin any more. Fulfilled when all has ended; what takes longer than the limit is cut short, and what has no
   * end when it is all that is left.
   */
  async drain(limitMs: number): Promise<void> {
    this.#isDraining = true;
    this.#endEndless();
    if (this.#lives.size === 0) return;
    const none = new Promise<void>((resolve) => {
      this.#onNone.push(resolve);
    });
    const timer = setTimeout(() => {
      const reason = unavailable("shutting_down", "The gateway shuts down, and the answer was not there in time.");
      for (const life of this.#lives) life.cut(reason);
    }, limitMs);
    await none;
    clearTimeout(timer);
  }

  #endEndless(): void {
    if (!this.#isDraining || [...this.#lives].some(({ isEndless }) => !isEndless)) return;
    for (const life of this.#lives) life.cut(unavailable("shutting_down", "The gateway is shutting down."));
  }
}

function unavailable(code: string, message: string): GatewayError {
  return new GatewayError({ status: 503, code, message, retryAfterMs: RETRY_AFTER_MS, mayRetry: true });
}
