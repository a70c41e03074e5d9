import type { JobHandle, JobKind } from "../errors/job-handle.ts";
import { withOwnNote } from "../jobs/job-note.ts";
import { checkHandle, type JobStatus, ResumedJob, type ResumeTools } from "../jobs/resumed-job.ts";
import type { CallOptions, JobOptions } from "../options/options.ts";
import type { JobResults, KindOf, Kinds } from "./kinds.ts";

/** A job that was posted, here or in another process. It is a handle and costs nothing to hold. */
export interface Job<K extends JobKind = JobKind> {
  readonly handle: JobHandle<K>;
  /**
   * The handle, so that `JSON.stringify(job)` is what `resume` takes.
   * @example
   * const job = await flowith.submitText("Write a novel.");
   * const resumed = flowith.resume(JSON.parse(JSON.stringify(job)));
   */
  toJSON(): JobHandle<K>;
  /**
   * Asks the row once.
   * @throws InvalidArgumentError for another user's handle
   * @example
   * const job = await flowith.submitText("Write a novel.");
   * const { state } = await job.status();
   */
  status(options?: CallOptions): Promise<JobStatus>;
  /**
   * Waits for the result, by event or row. The limits are those of the verb, from now on. A job that seems never to have
   * been posted ends the wait at once, with a `JobFailedError` of the reason `unposted`; its handle is kept.
   * @throws what the verb throws; InvalidArgumentError for another user's handle
   * @example
   * const job = await flowith.submitImage("A ripe banana");
   * const { image } = await job.wait({ onProgress: ({ elapsedMs }) => console.log(elapsedMs) });
   */
  wait(options?: CallOptions & Pick<JobOptions, "onProgress">): Promise<JobResults[K]>;
  /**
   * Takes the handle from the `jobStore`, so that the job is pending no more. Makes no request, and ends neither the job
   * nor a wait for it. Without a store, or where the handle is not in it, it succeeds.
   * @throws JobStoreError, or TimeoutError for a store that does not answer
   * @example
   * for (const job of await flowith.jobs.pending()) {
   *   if ((await job.status()).state === "unposted") await job.discard();
   * }
   */
  discard(): Promise<void>;
}

/** @throws InvalidArgumentError where the handle is none */
export function resumeJob<K extends JobKind>(tools: ResumeTools, kinds: Kinds, handle: JobHandle<K>): Job<K> {
  checkHandle(handle, Object.keys(kinds));
  const rules: KindOf<K> = kinds[handle.kind];
  return new ResumedJob(tools, rules, withOwnNote(handle));
}
