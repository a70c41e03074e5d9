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
  const startedAtMs = now();
  return {
    report(phase, more) {
      callBack(() => onProgress?.({ phase, elapsedMs: now() - startedAtMs, ...more }), onThrow);
    },
  };
}
