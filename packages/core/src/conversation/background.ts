import type { Logger } from "../options/logger.ts";

export interface BackgroundOptions {
  /** False where what goes on after a response is cut off (Workers). */
  outlivesResponses: boolean;
  /** Of the client's options. */
  waitUntil: ((work: Promise<unknown>) => void) | undefined;
  logger: Logger;
}

/** Work beside a client's calls that nothing waits for. Its failures are only logged. */
export class Background {
  readonly #options: BackgroundOptions;
  readonly #underWay = new Set<AbortController>();

  constructor(options: BackgroundOptions) {
    this.#options = options;
  }

  /**
   * Begins it a moment later, after what its caller does now, unless it would be cut off. Never throws.
   * @param label for log lines
   * @returns what aborts it
   */
  run(label: string, work: (signal: AbortSignal) => Promise<void>): () => void {
    const { outlivesResponses, waitUntil, logger } = this.#options;
    if (!outlivesResponses && waitUntil === undefined) {
      logger.debug(`${label}: left out, since nothing lets it outlive the response: see waitUntil`);
      return () => undefined;
    }
    const controller = new AbortController();
    const fail = (error: unknown): void => {
      const level = controller.signal.aborted ? "debug" : "warn";
      logger[level](`${label}: failed`, { error: String(error) });
    };
    this.#underWay.add(controller);
    const done = Promise.resolve()
      .then(() => work(controller.signal))
      .catch(fail)
      .finally(() => this.#underWay.delete(controller));
    try {
      waitUntil?.(done);
    } catch (error) {
      fail(error);
      abort(controller);
    }
    return () => abort(controller);
  }

  get isIdle(): boolean {
    return this.#underWay.size === 0;
  }

  abortAll(): void {
    for (const controller of this.#underWay) abort(controller);
  }
}

function abort(controller: AbortController): void {
  try {
    controller.abort(new DOMException("It is not wanted any more.", "AbortError"));
  } catch {
    // Of another request of a Worker, which alone may end it.
  }
}
