import type { JobHandle } from "../job-handle.ts";
import { FlowithError } from "./flowith-error.ts";

/**
 * An error that ended a job, with the job's handle and the text so far. A copy, since one failed query or refresh ends
 * many jobs, and each has a handle of its own. Errors that are not ours pass unchanged.
 */
export function withJob(error: unknown, job: { handle: JobHandle | undefined; partial: string | undefined }): unknown {
  if (!FlowithError.is(error)) return error;
  const copy: unknown = Object.create(Object.getPrototypeOf(error), Object.getOwnPropertyDescriptors(error));
  for (const [key, value] of Object.entries(job)) {
    if (value !== undefined) Object.defineProperty(copy, key, { value, enumerable: true, configurable: true });
  }
  return copy;
}
