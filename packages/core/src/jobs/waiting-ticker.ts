import type { ProgressReporter } from "../options/progress.ts";

const PROGRESS_MS = 500;

/**
 * Tells every half second that posted jobs are still waited for, since the service itself does not. One timer for all
 * of them.
 */
export class WaitingTicker {
  readonly #reporters = new Map<object, ProgressReporter>();
  #timer: ReturnType<typeof setInterval> | undefined;

  add(wait: object, progress: ProgressReporter): void {
    this.#reporters.set(wait, progress);
    this.#timer ??= setInterval(() => {
      for (const reporter of this.#reporters.values()) reporter.report("waiting");
    }, PROGRESS_MS);
  }

  delete(wait: object): void {
    if (!this.#reporters.delete(wait) || this.#reporters.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
