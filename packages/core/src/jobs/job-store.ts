import type { JobHandle } from "../errors/job-handle.ts";

/**
 * Keeps the handles of jobs in flight, so that a result that was paid for is found again after a crash. `put` is awaited
 * before the post; a handle is deleted once its job has ended, or has failed before its post was sent; it is kept when only the wait has ended.
 * What a store fails with is the cause of a `JobStoreError`; of a `delete` at a job's end it is only told of in the log.
 * Of a job of `generateMany` with `resumeFrom` that has a result, it is put again with `endedAtMs`.
 */
export interface JobStore {
  /** A second `put` of the same `userNodeId` replaces the first. */
  put(handle: JobHandle): Promise<void>;
  /** Of one that is not there, it succeeds. */
  delete(userNodeId: string): Promise<void>;
  list(): Promise<JobHandle[]>;
}
