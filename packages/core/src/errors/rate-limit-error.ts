import { APIError, type APIErrorOptions } from "./api-error.ts";
import { named } from "./named.ts";

/** 429. `retryAfterMs` is what the server asked for, in ms, when it said. */
export class RateLimitError extends APIError {
  readonly retryAfterMs?: number;

  constructor(message: string, options: APIErrorOptions & { retryAfterMs?: number | undefined }) {
    super(message, { ...options, code: "rate_limit", isRetryable: true });
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), ...(this.retryAfterMs === undefined ? {} : { retryAfterMs: this.retryAfterMs }) };
  }
}

named(RateLimitError, "RateLimitError");
