import type { ProgressReporter } from "../progress.ts";

const PROGRESS_MS = 500;

/**
 * Tells every half second that a posted job is still waited for, since the service itself does not.
 * @returns what ends it
 */
export function tellWhileWaiting(submitted: Promise<unknown>, progress: ProgressReporter): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  let isOver = false;
  submitted.then(
    () => {
      if (!isOver) timer = setInterval(() => progress.report("waiting"), PROGRESS_MS);
    },
    () => undefined,
  );
  return () => {
    isOver = true;
    clearInterval(timer);
  };
}
