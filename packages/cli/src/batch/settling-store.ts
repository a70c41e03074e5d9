import type { JobHandle, JobStore } from "flowith-webapi";

/** A store that knows when all is written: that a job has ended is noted behind its result, and nobody waits for it. */
export class SettlingStore implements JobStore {
  readonly #store: JobStore;
  readonly #writing = new Set<Promise<void>>();

  constructor(store: JobStore) {
    this.#store = store;
  }

  put(handle: JobHandle): Promise<void> {
    return this.#kept(this.#store.put(handle));
  }

  delete(userNodeId: string): Promise<void> {
    return this.#kept(this.#store.delete(userNodeId));
  }

  list(): Promise<JobHandle[]> {
    return this.#store.list();
  }

  /** Resolves once no write is under way, and none follows one that was. */
  async settled(): Promise<void> {
    do {
      await Promise.allSettled(this.#writing);
      // a write that waited for another begins in the same turn of the event loop
      await new Promise((resolve) => setImmediate(resolve));
    } while (this.#writing.size > 0);
  }

  #kept(write: Promise<void>): Promise<void> {
    const writing = write.finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
    return writing;
  }
}
