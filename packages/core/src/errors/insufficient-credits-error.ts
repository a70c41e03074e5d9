import { APIError, type APIErrorOptions } from "./api-error.ts";
import { named } from "./named.ts";

/** 402, or a body that says so: the account has not enough credits for this model or job. */
export class InsufficientCreditsError extends APIError {
  declare readonly code: "insufficient_credits";

  constructor(message: string, options: APIErrorOptions) {
    super(message, { ...options, code: "insufficient_credits" });
  }
}

named(InsufficientCreditsError, "InsufficientCreditsError");
