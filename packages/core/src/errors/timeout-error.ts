import { FlowithError, type FlowithErrorOptions } from "./flowith-error.ts";
import { named } from "./named.ts";

/**
 * Which limit ended the wait: `connect` (no response headers), `first-event` (nothing of this job came), `idle` (it
 * fell silent) or `total`.
 */
export type TimeoutPhase = "connect" | "first-event" | "idle" | "total";

/** What to do about a limit that passed. */
export function timeoutAdvice(phase: TimeoutPhase): string {
  const option = { connect: "connectMs", "first-event": "firstEventMs", idle: "idleMs", total: "totalMs" }[phase];
  return `Raise timeout.${option} if that is expected.`;
}

/** What a `TimeoutError` is made of. */
export interface TimeoutErrorOptions extends Omit<FlowithErrorOptions, "code" | "isRetryable"> {
  phase: TimeoutPhase;
  limitMs: number;
}

/** A limit passed. For a job this ends the wait, not the job. */
export class TimeoutError extends FlowithError {
  declare readonly code: "timeout";
  readonly phase: TimeoutPhase;
  /** The limit that passed, in ms. */
  readonly limitMs: number;

  constructor(message: string, options: TimeoutErrorOptions) {
    super(message, { ...options, code: "timeout", isRetryable: true });
    this.phase = options.phase;
    this.limitMs = options.limitMs;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), phase: this.phase, limitMs: this.limitMs };
  }
}

named(TimeoutError, "TimeoutError");
