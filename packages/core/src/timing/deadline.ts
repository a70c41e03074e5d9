import { TimeoutError, type TimeoutPhase, timeoutAdvice } from "../errors/timeout-error.ts";
import { type LinkedAbort, linkedAbort } from "./linked-abort.ts";
import { now } from "./now.ts";
import { startTimer, type Timer } from "./timer.ts";

export interface Deadline extends LinkedAbort {
  /** Starts (or starts anew) the limit of one phase; 0 or undefined switches it off. */
  start(phase: TimeoutPhase, limitMs: number | undefined): void;
  stop(phase: TimeoutPhase): void;
  /** Stops the clock of the total limit, where there is one. @returns what lets it go on, with what was left */
  pause(): () => void;
  /** What is left of the total limit, in ms; Infinity where there is none. */
  leftMs(): number;
}

/**
 * Time limits of one piece of work, as a signal that also follows the caller's. `setTimeout`, since fake clocks do not
 * reach `AbortSignal.timeout`.
 * @param describe what was being done, for the error's message, such as "GET /models"
 */
export function deadline(describe: string, ...signals: (AbortSignal | undefined)[]): Deadline {
  const linked = linkedAbort(...signals);
  const timers = new Map<TimeoutPhase, Timer>();
  let endMs = Number.POSITIVE_INFINITY;
  let totalMs = 0;
  const stop = (phase: TimeoutPhase): void => {
    timers.get(phase)?.stop();
    timers.delete(phase);
  };
  const begin = (phase: TimeoutPhase, limitMs: number, leftMs: number): void => {
    if (phase === "total") endMs = now() + leftMs;
    const message = `${describe}: ${whatPassed[phase]} within ${limitMs} ms. ${timeoutAdvice(phase)}`;
    timers.set(
      phase,
      startTimer(leftMs, () => linked.abort(new TimeoutError(message, { phase, limitMs }))),
    );
  };
  const leftMs = (): number => endMs - now();
  return {
    signal: linked.signal,
    abort: linked.abort,
    start(phase, limitMs) {
      stop(phase);
      if (!limitMs) return;
      if (phase === "total") totalMs = limitMs;
      begin(phase, limitMs, limitMs);
    },
    stop,
    pause() {
      if (!timers.has("total")) return () => undefined;
      const restMs = Math.max(0, leftMs());
      stop("total");
      return () => begin("total", totalMs, restMs);
    },
    leftMs,
    release() {
      for (const phase of [...timers.keys()]) stop(phase);
      linked.release();
    },
  };
}

const whatPassed: Record<TimeoutPhase, string> = {
  connect: "no response headers came",
  "first-event": "nothing came",
  idle: "not a byte came",
  total: "it was not finished",
};
