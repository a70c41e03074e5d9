import type { JobHandle } from "../errors/job-handle.ts";

/**
 * Keeps the handles of jobs in flight, so that a result that was paid for is found again after a crash. `put` is awaited
 * before the post; a handle is deleted when its job has ended, and kept when only the wait has.
 */
export interface JobStore {
  /** A second `put` of the same `userNodeId` replaces the first. */
  put(handle: JobHandle): Promise<void>;
  delete(userNodeId: string): Promise<void>;
  list(): Promise<JobHandle[]>;
}
