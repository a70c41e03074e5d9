import { TimeoutError, type TimeoutPhase, timeoutAdvice } from "../errors/timeout-error.ts";
import type { Limits } from "../options/limits.ts";
import { now } from "../timing/now.ts";
import type { SharedTimer, Sleeper } from "../timing/shared-timer.ts";

export interface ClockListener {
  /** A limit is near: whatever can still be learnt is to be learnt now. */
  onLastLook(): void;
  onLimit(limit: PassedLimit): void;
}

/** `settle`: the job has ended, and its result did not come. */
export interface PassedLimit {
  phase: "first-event" | "idle" | "total" | "settle";
  limitMs: number;
}

/** The most that a last look has. */
const LAST_LOOK_MS = 2_000;
/** How long before its end a limit has its last look; half of one that is short. */
function lookTimeMs(limitMs: number): number {
  return Math.min(LAST_LOOK_MS, limitMs / 2);
}

/** How long the result of a job that has ended may be late. */
const SETTLE_MS = 10_000;

/** The times of one job, and the limits that run from them. */
export class JobClock implements Sleeper {
  readonly #limits: Limits;
  readonly #listener: ClockListener;
  readonly startedAtMs: number = now();
  #postedAtMs: number | undefined;
  #contentAtMs: number | undefined;
  #endedAtMs: number | undefined;
  /** The end that the last look was for, and until when it has time; an end that moves away has a last look of its own. */
  #look: { forMs: number; untilMs: number } | undefined;
  readonly #timer: SharedTimer;
  wakeAtMs: number = Number.POSITIVE_INFINITY;

  /** @param timer of all jobs */
  constructor(limits: Limits, listener: ClockListener, timer: SharedTimer) {
    this.#limits = limits;
    this.#listener = listener;
    this.#timer = timer;
  }

  get isPosted(): boolean {
    return this.#postedAtMs !== undefined;
  }

  /** Since when nothing has come. */
  get quietSinceMs(): number {
    return this.#contentAtMs ?? this.#postedAtMs ?? this.startedAtMs;
  }

  /** What is left of the total limit, in ms; Infinity where there is none. */
  get leftMs(): number {
    const { totalMs } = this.#limits;
    return totalMs === 0 ? Number.POSITIVE_INFINITY : this.startedAtMs + totalMs - now();
  }

  start(): void {
    this.#arm();
  }

  posted(): void {
    this.#postedAtMs = now();
    this.#arm();
  }

  /** Called for every event, so it costs no more than a look at the clock. */
  content(): void {
    const isFirst = this.#contentAtMs === undefined;
    this.#contentAtMs = now();
    // The limit on silence can end before that on the first event would have; later events only put it off.
    if (isFirst) this.#arm();
  }

  /** The service has ended the job, but its result is not there. */
  ended(): void {
    this.#endedAtMs = now();
    this.#arm();
  }

  stop(): void {
    this.#timer.delete(this);
  }

  #arm(): void {
    const { atMs, limitMs } = this.#first();
    this.wakeAtMs = atMs === this.#look?.forMs ? this.#look.untilMs : atMs - lookTimeMs(limitMs);
    this.#timer.set(this);
  }

  onTime(nowMs: number): void {
    const { atMs, phase, limitMs } = this.#first();
    if (atMs === this.#look?.forMs) {
      if (nowMs >= this.#look.untilMs) this.#listener.onLimit({ phase, limitMs });
      else this.#arm();
      return;
    }
    const isLastLook = atMs - nowMs <= lookTimeMs(limitMs);
    // A process that was suspended finds its limit passed, and the result perhaps in its socket, unread: timers come first.
    if (isLastLook) this.#look = { forMs: atMs, untilMs: nowMs < atMs ? atMs : nowMs + lookTimeMs(limitMs) };
    this.#arm();
    if (isLastLook) this.#listener.onLastLook();
  }

  /** The limit that it runs into first if nothing more comes. */
  #first(): PassedLimit & { atMs: number } {
    const { firstEventMs, idleMs, totalMs } = this.#limits;
    let first: PassedLimit & { atMs: number } = { atMs: Number.POSITIVE_INFINITY, phase: "total", limitMs: 0 };
    const consider = (phase: PassedLimit["phase"], sinceMs: number | undefined, limitMs: number): void => {
      if (sinceMs === undefined || limitMs === 0 || sinceMs + limitMs >= first.atMs) return;
      first = { atMs: sinceMs + limitMs, phase, limitMs };
    };
    consider("total", this.startedAtMs, totalMs);
    if (this.#contentAtMs === undefined) consider("first-event", this.#postedAtMs, firstEventMs);
    else consider("idle", this.#contentAtMs, idleMs);
    consider("settle", this.#endedAtMs, SETTLE_MS);
    return first;
  }
}

/** @param label the verb, such as "generate" */
export function limitError(label: string, phase: TimeoutPhase, limitMs: number, hasSeenRow: boolean): TimeoutError {
  const passed = {
    connect: `no connection within ${limitMs} ms`,
    "first-event": `nothing came from the job within ${limitMs} ms after it was posted`,
    idle: `the job fell silent for ${limitMs} ms`,
    total: `the job was not finished within ${limitMs} ms`,
  }[phase];
  const row = hasSeenRow ? ", and its node does not hold the result" : "";
  return new TimeoutError(`${label}: ${passed}${row}. ${timeoutAdvice(phase)}`, { phase, limitMs });
}
