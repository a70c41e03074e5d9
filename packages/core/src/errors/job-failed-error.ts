import { FlowithError, type FlowithErrorOptions } from "./flowith-error.ts";
import { named } from "./named.ts";

/**
 * Why a job failed, in the service's words (wire 3), or `unknown`; `unposted` where a job that was taken up by its handle
 * seems never to have been posted.
 */
export type JobFailureReason =
  | "content_policy"
  | "provider_error"
  | "insufficient_credits"
  | "rate_limit"
  | "timeout"
  | "unposted"
  | "unknown"
  | (string & {});

/** What a `JobFailedError` is made of. */
export interface JobFailedErrorOptions extends Omit<FlowithErrorOptions, "code" | "isRetryable"> {
  reason: JobFailureReason;
}

/** The service reported that the job failed, or that it ended without a result; or it never came to the service. */
export class JobFailedError extends FlowithError {
  declare readonly code: "job_failed";
  readonly reason: JobFailureReason;

  constructor(message: string, options: JobFailedErrorOptions) {
    super(message, { ...options, code: "job_failed", isRetryable: options.reason !== "content_policy" });
    this.reason = options.reason;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), reason: this.reason };
  }
}

named(JobFailedError, "JobFailedError");
