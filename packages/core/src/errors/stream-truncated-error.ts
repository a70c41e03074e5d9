import { FlowithError, type FlowithErrorOptions } from "./flowith-error.ts";
import { hasMark, mark } from "./mark.ts";

/** The job ended, and text is missing that its row does not give either. `partial` is what arrived. */
export class StreamTruncatedError extends FlowithError {
  override name = "StreamTruncatedError";

  constructor(message: string, options: Omit<FlowithErrorOptions, "code" | "isRetryable"> = {}) {
    super(message, { ...options, code: "stream_truncated", isRetryable: true });
    mark(this, "StreamTruncatedError");
  }

  static override is(value: unknown): value is StreamTruncatedError {
    return hasMark(value, "StreamTruncatedError");
  }
}
