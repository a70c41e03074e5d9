import { APIError, type APIErrorOptions } from "./api-error.ts";
import { hide } from "./error-fields.ts";
import { named } from "./named.ts";

/** 422: the server found the request's values wrong. `details` is its own list, untouched. */
export class ValidationError extends APIError {
  declare readonly code: "validation";
  /** Not listed or printed with the error: it may repeat what was sent. */
  declare readonly details: unknown;

  constructor(message: string, options: APIErrorOptions & { details: unknown }) {
    super(message, { ...options, code: "validation" });
    hide(this, { details: options.details });
  }
}

named(ValidationError, "ValidationError");
