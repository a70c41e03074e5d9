import { FlowithError } from "./flowith-error.ts";
import { hasMark, mark } from "./mark.ts";

/** The session store failed. After a refresh the old refresh token is spent, so this is surfaced instead of being swallowed. */
export class SessionStoreError extends FlowithError {
  override name = "SessionStoreError";

  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, { code: "session_store", cause: options.cause });
    mark(this, "SessionStoreError");
  }

  static override is(value: unknown): value is SessionStoreError {
    return hasMark(value, "SessionStoreError");
  }
}
