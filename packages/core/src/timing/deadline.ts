import { TimeoutError, type TimeoutPhase } from "../errors/timeout-error.ts";
import { type LinkedAbort, linkedAbort } from "./linked-abort.ts";

export interface Deadline extends LinkedAbort {
  /** Starts (or starts anew) the limit of one phase; 0 or undefined switches it off. */
  start(phase: TimeoutPhase, limitMs: number | undefined): void;
  stop(phase: TimeoutPhase): void;
}

/**
 * Time limits of one piece of work, as a signal that also follows the caller's. `setTimeout`, since fake clocks do not
 * reach `AbortSignal.timeout`.
 * @param describe what was being done, for the error's message, such as "GET /models"
 */
export function deadline(describe: string, ...signals: (AbortSignal | undefined)[]): Deadline {
  const linked = linkedAbort(...signals);
  const timers = new Map<TimeoutPhase, ReturnType<typeof setTimeout>>();
  const stop = (phase: TimeoutPhase): void => {
    clearTimeout(timers.get(phase));
    timers.delete(phase);
  };
  return {
    signal: linked.signal,
    abort: linked.abort,
    start(phase, limitMs) {
      stop(phase);
      if (!limitMs) return;
      const expire = (): void =>
        linked.abort(new TimeoutError(timeoutMessage(describe, phase, limitMs), { phase, limitMs }));
      timers.set(phase, setTimeout(expire, limitMs));
    },
    stop,
    release() {
      for (const phase of [...timers.keys()]) stop(phase);
      linked.release();
    },
  };
}

function timeoutMessage(describe: string, phase: TimeoutPhase, limitMs: number): string {
  const what = {
    connect: "no response headers came",
    "first-event": "nothing came",
    idle: "not a byte came",
    total: "it was not finished",
  }[phase];
  const option = { connect: "connectMs", "first-event": "firstEventMs", idle: "idleMs", total: "totalMs" }[phase];
  return `${describe}: ${what} within ${limitMs} ms. Raise timeout.${option} if that is expected.`;
}
