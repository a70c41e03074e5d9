import type { JobHandle } from "../job-handle.ts";
import { FlowithError } from "./flowith-error.ts";

/** Gives an error that ended a job the job's handle and the text so far. Errors that are not ours pass unchanged. */
export function withJob(error: unknown, job: { handle: JobHandle | undefined; partial: string | undefined }): unknown {
  if (!FlowithError.is(error)) return error;
  for (const [key, value] of Object.entries(job)) {
    if (value !== undefined && Reflect.get(error, key) === undefined) {
      Object.defineProperty(error, key, { value, enumerable: true });
    }
  }
  return error;
}
