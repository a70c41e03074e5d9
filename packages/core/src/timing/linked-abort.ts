import { abortReason } from "./abort.ts";

/** A signal of its own that follows others. */
export interface LinkedAbort {
  readonly signal: AbortSignal;
  abort(reason: unknown): void;
  /** Removes the listeners from the signals it follows. To be called when the work has settled, whatever its end. */
  release(): void;
}

/**
 * A signal that follows others and can be aborted by itself. A caller's signal is never handed to `fetch`: `Request`
 * leaves its listener on it until the garbage collector comes by, which fills a long-lived signal with listeners.
 * @example
 * const either = linkedAbort(signal, request.signal);
 * try {
 *   const { text } = await flowith.generate("Name a city.", { signal: either.signal });
 *   show(text);
 * } finally {
 *   either.release();
 * }
 */
export function linkedAbort(...signals: (AbortSignal | undefined)[]): LinkedAbort {
  const controller = new AbortController();
  const undo: (() => void)[] = [];
  for (const signal of signals) {
    if (signal === undefined) continue;
    if (signal.aborted) {
      controller.abort(abortReason(signal));
      break;
    }
    const follow = (): void => controller.abort(abortReason(signal));
    signal.addEventListener("abort", follow, { once: true });
    undo.push(() => signal.removeEventListener("abort", follow));
  }
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    release: () => {
      for (const step of undo.splice(0)) step();
    },
  };
}
