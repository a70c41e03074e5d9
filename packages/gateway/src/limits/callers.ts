import { GatewayError } from "../errors.ts";

const MINUTE_MS = 60_000;

/** What one caller may have. 0 is no limit. */
export interface CallerLimits {
  maxConcurrentPerCaller: number;
  requestsPerMinute: number;
}

/**
 * Counts each caller's requests: those under way, and those that began within a minute by the clock. Libraries for it keep a
 * timer a caller or come with clients of databases; here what is kept is forgotten as a whole with its minute.
 */
export class Callers {
  readonly #limits: CallerLimits;
  readonly #underWay = new Map<string, number>();
  readonly #begun = new Map<string, number>();
  #minute = 0;

  constructor(limits: CallerLimits) {
    this.#limits = limits;
  }

  /** @returns what ends it. @throws GatewayError 429 */
  enter(caller: string, requestsPerMinute: number = this.#limits.requestsPerMinute): () => void {
    const { maxConcurrentPerCaller: most } = this.#limits;
    const count = this.#underWay.get(caller) ?? 0;
    if (most > 0 && count >= most) {
      throw tooMany(`${count} requests of this API key are under way, which is the most that it may have.`, 1_000);
    }
    this.#countMinute(caller, requestsPerMinute);
    this.#underWay.set(caller, count + 1);
    return () => this.#leave(caller);
  }

  #countMinute(caller: string, most: number): void {
    const now = Date.now();
    const minute = Math.floor(now / MINUTE_MS);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#begun.clear();
    }
    const begun = this.#begun.get(caller) ?? 0;
    if (most > 0 && begun >= most) {
      const waitMs = (minute + 1) * MINUTE_MS - now;
      throw tooMany(`This API key has had its ${most} requests of this minute. Wait for the next one.`, waitMs);
    }
    this.#begun.set(caller, begun + 1);
  }

  #leave(caller: string): void {
    const count = (this.#underWay.get(caller) ?? 1) - 1;
    if (count === 0) this.#underWay.delete(caller);
    else this.#underWay.set(caller, count);
  }
}

function tooMany(message: string, retryAfterMs: number): GatewayError {
  return new GatewayError({ status: 429, code: "too_many_requests", message, retryAfterMs, mayRetry: true });
}
