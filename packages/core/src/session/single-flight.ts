import { delay } from "../timing/delay.ts";
import { now } from "../timing/now.ts";
import { withSignal } from "../timing/with-signal.ts";

export interface SingleFlightOptions {
  /** False in Workers: a promise that belongs to one request hangs another that awaits it. */
  sharesPromises: boolean;
  /** Called when nothing is under way any more. */
  onEnd?: (() => void) | undefined;
}

interface Attempt<T> {
  startedAtMs: number;
  outcome: { value: T } | { error: unknown } | undefined;
}

const POLL_MS = 25;
// Below the 10 s within which the auth server answers a spent refresh token with its successor (wire 1): whoever
// has waited in vain can still spend it.
const GIVE_UP_AFTER_MS = 5_000;

/**
 * Work that is done once for all who ask for it at the same time. Where promises cannot be shared, the others look for
 * its outcome, which is a plain value, and take the work over when its request seems to have died.
 */
export class SingleFlight<T> {
  readonly #options: SingleFlightOptions;
  #promise: Promise<T> | undefined;
  #attempt: Attempt<T> | undefined;

  constructor(options: SingleFlightOptions) {
    this.#options = options;
  }

  get isUnderWay(): boolean {
    return this.#promise !== undefined || isAlive(this.#attempt);
  }

  /** @param signal ends the wait, not the work */
  run(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    if (!this.#options.sharesPromises) return this.#followOrLead(work, signal);
    this.#promise ??= work().finally(() => {
      this.#promise = undefined;
      this.#options.onEnd?.();
    });
    return withSignal(this.#promise, signal);
  }

  async #followOrLead(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    let followed: Attempt<T> | undefined;
    for (;;) {
      const outcome = followed?.outcome;
      if (outcome !== undefined) {
        if ("error" in outcome) throw outcome.error;
        return outcome.value;
      }
      if (followed === undefined || !isAlive(followed)) {
        if (!isAlive(this.#attempt)) return withSignal(this.#lead(work), signal);
        followed = this.#attempt;
      }
      await delay(POLL_MS, signal);
    }
  }

  async #lead(work: () => Promise<T>): Promise<T> {
    const attempt: Attempt<T> = { startedAtMs: now(), outcome: undefined };
    this.#attempt = attempt;
    try {
      const value = await work();
      attempt.outcome = { value };
      return value;
    } catch (error) {
      attempt.outcome = { error };
      throw error;
    } finally {
      this.#options.onEnd?.();
    }
  }
}

function isAlive<T>(attempt: Attempt<T> | undefined): attempt is Attempt<T> {
  return attempt !== undefined && attempt.outcome === undefined && now() < attempt.startedAtMs + GIVE_UP_AFTER_MS;
}
