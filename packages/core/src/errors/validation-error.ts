import { APIError, type APIErrorOptions } from "./api-error.ts";
import { named } from "./named.ts";

/** 422: the server found the request's values wrong. `details` is its own list, untouched. */
export class ValidationError extends APIError {
  readonly details: unknown;

  constructor(message: string, options: APIErrorOptions & { details: unknown }) {
    super(message, { ...options, code: "validation" });
    this.details = options.details;
  }
}

named(ValidationError, "ValidationError");
