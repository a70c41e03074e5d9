import { type LinkedAbort, linkedAbort } from "./linked-abort.ts";

/** What a client has under way besides requests and jobs, and may be between two of them: all of it can be ended at once. */
export class UnderWay {
  readonly #begun = new Set<LinkedAbort>();

  /** @returns a signal that follows the caller's, until it is released */
  begin(signal: AbortSignal | undefined): LinkedAbort {
    const linked = linkedAbort(signal);
    this.#begun.add(linked);
    const release = (): void => {
      this.#begun.delete(linked);
      linked.release();
    };
    return { ...linked, release };
  }

  get isIdle(): boolean {
    return this.#begun.size === 0;
  }

  abortAll(reason: unknown): void {
    for (const { abort } of this.#begun) abort(reason);
  }
}
