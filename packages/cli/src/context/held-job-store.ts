import { setImmediate } from "node:timers/promises";
import type { JobHandle, JobStore } from "flowith-webapi";

/**
 * Keeps the handles of ended jobs until `release`: the client forgets a handle when the result is there, and this program
 * when it is also saved. A full disk or a kill between them costs no paid result, which `jobs wait` fetches again.
 */
export class HeldJobStore implements JobStore {
  readonly #store: JobStore;
  readonly #puts = new Map<string, Promise<void>>();
  /** Which the client has done with. */
  readonly #ended = new Set<string>();
  readonly #released = new Set<string>();

  constructor(store: JobStore) {
    this.#store = store;
  }

  put(handle: JobHandle): Promise<void> {
    const put = this.#store.put(handle);
    this.#puts.set(handle.userNodeId, put);
    return put;
  }

  async delete(userNodeId: string): Promise<void> {
    this.#ended.add(userNodeId);
    if (this.#released.has(userNodeId)) await this.#store.delete(userNodeId);
  }

  list(): Promise<JobHandle[]> {
    return this.#store.list();
  }

  /** Forgets the handle if the client has done with the job (it is over, or was never posted), or as soon as it has. */
  async release(userNodeId: string): Promise<void> {
    // the client asks for the deletion right after its call has ended, and once the handle is written
    await Promise.allSettled([this.#puts.get(userNodeId)]);
    await setImmediate();
    this.#released.add(userNodeId);
    if (this.#ended.has(userNodeId)) await this.#store.delete(userNodeId);
  }
}
