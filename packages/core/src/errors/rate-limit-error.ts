import { APIError, type APIErrorOptions } from "./api-error.ts";
import { named } from "./named.ts";

/** 429. `retryAfterMs` is what the server asked for, in ms, when it said. */
export class RateLimitError extends APIError {
  declare readonly code: "rate_limit";

  constructor(message: string, options: APIErrorOptions) {
    super(message, { ...options, code: "rate_limit", isRetryable: true });
  }
}

named(RateLimitError, "RateLimitError");
