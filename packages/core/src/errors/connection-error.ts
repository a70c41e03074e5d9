import { FlowithError } from "./flowith-error.ts";
import { named } from "./named.ts";

/** No answer came: the host is unreachable, or the connection broke. `cause` is the platform's error. */
export class ConnectionError extends FlowithError {
  declare readonly code: "connection";
  /** True only where the platform can tell that the request never reached the server (Node, Bun: ECONNREFUSED and its like). */
  readonly isUnsent: boolean;

  constructor(
    message: string,
    options: { cause?: unknown; isUnsent?: boolean | undefined; isRetryable?: boolean | undefined } = {},
  ) {
    super(message, { code: "connection", isRetryable: options.isRetryable ?? true, cause: options.cause });
    this.isUnsent = options.isUnsent ?? false;
  }
}

named(ConnectionError, "ConnectionError");
