import { APIError, type APIErrorOptions } from "./api-error.ts";
import { hasMark, mark } from "./mark.ts";

/** 402, or a body that says so: the account has not enough credits for this model or job. */
export class InsufficientCreditsError extends APIError {
  override name = "InsufficientCreditsError";

  constructor(message: string, options: APIErrorOptions) {
    super(message, { ...options, code: "insufficient_credits" });
    mark(this, "InsufficientCreditsError");
  }

  static override is(value: unknown): value is InsufficientCreditsError {
    return hasMark(value, "InsufficientCreditsError");
  }
}
