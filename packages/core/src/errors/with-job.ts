import { show } from "./error-fields.ts";
import { FlowithError } from "./flowith-error.ts";
import type { JobHandle } from "./job-handle.ts";

/**
 * An error that ended a job, with the job's handle and the text so far. A copy, since one failed query or refresh ends
 * many jobs, and each has a handle of its own. Errors that are not ours pass unchanged.
 */
export function withJob(error: unknown, job: { handle: JobHandle | undefined; partial: string | undefined }): unknown {
  if (!FlowithError.is(error)) return error;
  const copy = copyOf(error);
  show(copy, job);
  return copy;
}

const ADVICE =
  "The job may be at work all the same, and be paid for: wait for it with resume(error.handle) before you start it anew.";

/**
 * The error of a post that may have been taken though no sign of its job was found. Not retryable: whoever calls the
 * verb anew may pay twice.
 */
export function maybeTaken(error: unknown): unknown {
  if (!FlowithError.is(error)) return error;
  const copy = copyOf(error);
  const message = `${error.message} ${ADVICE}`;
  const stack = error.stack?.replace(error.message, () => message);
  for (const [key, value] of Object.entries({ message, stack })) {
    Object.defineProperty(copy, key, { value, configurable: true, writable: true });
  }
  show(copy, { isRetryable: false });
  return copy;
}

function copyOf(error: FlowithError): object {
  return Object.create(Object.getPrototypeOf(error), Object.getOwnPropertyDescriptors(error));
}
