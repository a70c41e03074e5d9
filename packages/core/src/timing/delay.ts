import { abortReason } from "./abort.ts";
import { startTimer } from "./timer.ts";

/** Waits `ms`; rejects with `signal.reason` as soon as the signal aborts. Its timer and listener never outlive it. */
export function delay(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(abortReason(signal));
      return;
    }
    const onAbort = (): void => {
      timer.stop();
      reject(abortReason(signal));
    };
    const timer = startTimer(ms, () => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    });
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
