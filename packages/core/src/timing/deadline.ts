import { TimeoutError, type TimeoutPhase, timeoutAdvice } from "../errors/timeout-error.ts";
import { abortReason } from "./abort.ts";
import { LazyTimer } from "./lazy-timer.ts";
import { now } from "./now.ts";

/**
 * Its methods ask for their object: taken apart they would compile, and fail when they are called. So it is no
 * `LinkedAbort`, whose functions go by themselves.
 */
export interface Deadline {
  readonly signal: AbortSignal;
  abort(this: Deadline, reason: unknown): void;
  /** Removes the listener from the caller's signal. To be called when the work has settled, whatever its end. */
  release(this: Deadline): void;
  /**
   * Starts (or starts anew) the limit of one phase; 0 or undefined switches it off.
   * @param sinceMs when the phase began, by `now()`; default: now
   */
  start(this: Deadline, phase: TimeoutPhase, limitMs: number | undefined, sinceMs?: number): void;
  stop(this: Deadline, phase: TimeoutPhase): void;
  /** Stops the clock of the total limit, where there is one. @returns what lets it go on, with what was left */
  pause(this: Deadline): () => void;
  /** What is left of the total limit, in ms; Infinity where there is none. */
  leftMs(this: Deadline): number;
}

/**
 * Time limits of one piece of work, as a signal that also follows the caller's. `setTimeout`, since fake clocks do not
 * reach `AbortSignal.timeout`.
 * @param describe what was being done, for the error's message, such as "GET /models"
 */
export function deadline(describe: string, signal?: AbortSignal): Deadline {
  const limit = new PhaseLimits(describe);
  if (signal !== undefined) limit.follow(signal);
  return limit;
}

/** A limit that runs. */
interface Running {
  phase: TimeoutPhase;
  limitMs: number;
  endMs: number;
}

/** Each request has one of these, so all its limits share one timer, which is left to run while they come and go. */
class PhaseLimits implements Deadline {
  readonly #describe: string;
  readonly #controller: AbortController = new AbortController();
  readonly #timer: LazyTimer = new LazyTimer(() => this.#check());
  readonly #running: Running[] = [];
  #unfollow: (() => void) | undefined;

  constructor(describe: string) {
    this.#describe = describe;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  follow(signal: AbortSignal): void {
    const onAbort = (): void => this.abort(abortReason(signal));
    if (signal.aborted) {
      onAbort();
      return;
    }
    signal.addEventListener("abort", onAbort, { once: true });
    this.#unfollow = () => signal.removeEventListener("abort", onAbort);
  }

  abort(reason: unknown): void {
    this.#controller.abort(reason);
  }

  start(phase: TimeoutPhase, limitMs: number | undefined, sinceMs: number = now()): void {
    this.#remove(phase);
    if (limitMs) this.#running.push({ phase, limitMs, endMs: sinceMs + limitMs });
    this.#arm();
  }

  stop(phase: TimeoutPhase): void {
    if (this.#remove(phase) !== undefined) this.#arm();
  }

  pause(): () => void {
    const total = this.#remove("total");
    if (total === undefined) return () => undefined;
    this.#arm();
    const restMs = Math.max(0, total.endMs - now());
    return () => {
      this.#running.push({ ...total, endMs: now() + restMs });
      this.#arm();
    };
  }

  leftMs(): number {
    return (this.#running.find(({ phase }) => phase === "total")?.endMs ?? Number.POSITIVE_INFINITY) - now();
  }

  release(): void {
    this.#running.length = 0;
    this.#timer.stop();
    this.#unfollow?.();
    this.#unfollow = undefined;
  }

  #remove(phase: TimeoutPhase): Running | undefined {
    const index = this.#running.findIndex((one) => one.phase === phase);
    return index === -1 ? undefined : this.#running.splice(index, 1)[0];
  }

  /** The limit that ends first. */
  #next(): Running | undefined {
    let next: Running | undefined;
    for (const one of this.#running) if (next === undefined || one.endMs < next.endMs) next = one;
    return next;
  }

  #arm(): void {
    const next = this.#next();
    if (next === undefined) this.#timer.stop();
    else this.#timer.setAt(next.endMs);
  }

  #check(): void {
    const next = this.#next();
    if (next === undefined || next.endMs > this.#timer.nowMs) {
      this.#arm();
      return;
    }
    const { phase, limitMs } = next;
    const message = `${this.#describe}: ${whatPassed[phase]} within ${limitMs} ms. ${timeoutAdvice(phase)}`;
    this.#running.length = 0;
    this.abort(new TimeoutError(message, { phase, limitMs }));
  }
}

const whatPassed: Record<TimeoutPhase, string> = {
  connect: "no response headers came",
  "first-event": "nothing came",
  idle: "not a byte came",
  total: "it was not finished",
};
