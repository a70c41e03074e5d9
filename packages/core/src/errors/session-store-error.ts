import { FlowithError } from "./flowith-error.ts";
import { named } from "./named.ts";

/** The session store failed. After a refresh the old refresh token is spent, so this is surfaced instead of being swallowed. */
export class SessionStoreError extends FlowithError {
  declare readonly code: "session_store";

  constructor(message: string, options: { cause?: unknown; isRetryable?: boolean | undefined } = {}) {
    super(message, { ...options, code: "session_store" });
  }
}

named(SessionStoreError, "SessionStoreError");
