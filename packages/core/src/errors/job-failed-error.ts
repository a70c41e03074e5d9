import { FlowithError, type FlowithErrorOptions } from "./flowith-error.ts";
import { named } from "./named.ts";

/** Why a job failed, in the service's words (wire 3), or `unknown`. */
export type JobFailureReason =
  | "content_policy"
  | "provider_error"
  | "insufficient_credits"
  | "rate_limit"
  | "timeout"
  | "unknown"
  | (string & {});

/** What a `JobFailedError` is made of. */
export interface JobFailedErrorOptions extends Omit<FlowithErrorOptions, "code" | "isRetryable"> {
  reason: JobFailureReason;
}

/** The service reported that the job failed, or that it ended without a result. */
export class JobFailedError extends FlowithError {
  readonly reason: JobFailureReason;

  constructor(message: string, options: JobFailedErrorOptions) {
    super(message, { ...options, code: "job_failed", isRetryable: options.reason !== "content_policy" });
    this.reason = options.reason;
  }
}

named(JobFailedError, "JobFailedError");
