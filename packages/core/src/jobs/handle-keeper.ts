import type { JobHandle } from "../errors/job-handle.ts";
import { defined } from "../options/defined.ts";
import type { Logger } from "../options/logger.ts";
import { ownOptions } from "./job-note.ts";
import type { JobStore } from "./job-store.ts";

/** Keeps the handle of one job in a store, one write after the other: a store may be slow, and the last write has to count. */
export class HandleKeeper {
  readonly #store: JobStore;
  readonly #logger: Logger;
  #last: Promise<unknown> = Promise.resolve();
  #postedAtMs: number | undefined;

  constructor(store: JobStore, logger: Logger) {
    this.#store = store;
    this.#logger = logger;
  }

  /** Before the post. What the store fails with passes unchanged. */
  put(handle: JobHandle): Promise<void> {
    return this.#next(() => this.#put(handle));
  }

  /** Resolves when the note is made that the service has taken a job of a batch; of others none is made. */
  async posted(handle: JobHandle): Promise<void> {
    if (handle.batchId === undefined) return;
    const postedAtMs = Date.now();
    this.#postedAtMs = postedAtMs;
    await this.#told(handle, () => this.#put({ ...handle, postedAtMs }));
  }

  /**
   * Resolves when a handle is gone that is of no use any more. Of a job of a batch that has a result, the handle stays,
   * since that result is found by it.
   */
  async over(handle: JobHandle, hasResult: boolean): Promise<void> {
    const { userNodeId, batchId } = handle;
    const { postedAtMs = this.#postedAtMs, endedAtMs = Date.now() } = handle;
    const ended = { ...handle, ...defined({ postedAtMs }), endedAtMs };
    const isKept = batchId !== undefined && hasResult;
    await this.#told(handle, () => (isKept ? this.#put(ended) : this.#store.delete(userNodeId)));
  }

  /** A copy: a store may write into what it is given, as a database's driver does with an id of its own. */
  #put(handle: JobHandle): Promise<void> {
    return this.#store.put(ownOptions(handle));
  }

  /** A failure is only told of in the log: the result must not be lost over it. */
  async #told({ userNodeId }: JobHandle, write: () => Promise<void>): Promise<void> {
    try {
      await this.#next(write);
    } catch (error) {
      this.#logger.warn("job: its handle could not be changed in the store", { userNodeId, error: String(error) });
    }
  }

  #next(write: () => Promise<void>): Promise<void> {
    const done = this.#last.then(write);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
