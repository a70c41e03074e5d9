import { FlowithError } from "./flowith-error.ts";
import { named } from "./named.ts";

/** The `jobStore` failed. Where it was to take a handle, the job was not posted and has cost nothing. */
export class JobStoreError extends FlowithError {
  declare readonly code: "job_store";

  constructor(message: string, options: { cause?: unknown; isRetryable?: boolean | undefined } = {}) {
    super(message, { ...options, code: "job_store" });
  }
}

named(JobStoreError, "JobStoreError");
