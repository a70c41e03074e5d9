import { APIError, type APIErrorOptions } from "./api-error.ts";
import { hasMark, mark } from "./mark.ts";

/** 422: the server found the request's values wrong. `details` is its own list, untouched. */
export class ValidationError extends APIError {
  override name = "ValidationError";
  readonly details: unknown;

  constructor(message: string, options: APIErrorOptions & { details: unknown }) {
    super(message, { ...options, code: "validation" });
    this.details = options.details;
    mark(this, "ValidationError");
  }

  static override is(value: unknown): value is ValidationError {
    return hasMark(value, "ValidationError");
  }
}
