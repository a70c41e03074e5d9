import { FlowithError, type FlowithErrorOptions } from "./flowith-error.ts";
import { named } from "./named.ts";

/** The job ended, and text is missing that its row does not give either. `partial` is what arrived. */
export class StreamTruncatedError extends FlowithError {
  declare readonly code: "stream_truncated";

  constructor(message: string, options: Omit<FlowithErrorOptions, "code" | "isRetryable"> = {}) {
    super(message, { ...options, code: "stream_truncated", isRetryable: true });
  }
}

named(StreamTruncatedError, "StreamTruncatedError");
