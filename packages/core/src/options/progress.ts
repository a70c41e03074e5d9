import { now } from "../timing/now.ts";
import { callBack } from "./call-back.ts";
import type { Progress } from "./options.ts";

export interface ProgressReporter {
  report(phase: Progress["phase"], more?: Omit<Progress, "phase" | "elapsedMs">): void;
}

/**
 * Tells the caller how far a call has come. What its callback throws goes to `onThrow`, which fails the call with it:
 * out of a timer or a stream it would end the process, or look like a broken connection.
 */
export function progressReporter(
  onProgress: ((progress: Progress) => void) | undefined,
  onThrow: (error: unknown) => void,
): ProgressReporter {
  return onProgress === undefined ? SILENT : new CallbackReporter(onProgress, onThrow);
}

const SILENT: ProgressReporter = { report: () => undefined };

class CallbackReporter implements ProgressReporter {
  readonly #onProgress: (progress: Progress) => void;
  readonly #onThrow: (error: unknown) => void;
  readonly #startedAtMs: number = now();

  constructor(onProgress: (progress: Progress) => void, onThrow: (error: unknown) => void) {
    this.#onProgress = onProgress;
    this.#onThrow = onThrow;
  }

  report(phase: Progress["phase"], more?: Omit<Progress, "phase" | "elapsedMs">): void {
    const progress = { phase, elapsedMs: now() - this.#startedAtMs, ...more };
    callBack(() => this.#onProgress(progress), this.#onThrow);
  }
}
