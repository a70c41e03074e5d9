import { APIError, type APIErrorOptions } from "./api-error.ts";
import { named } from "./named.ts";

/** 409: the change collides with what is there. */
export class ConflictError extends APIError {
  declare readonly code: "conflict";

  constructor(message: string, options: APIErrorOptions) {
    super(message, { ...options, code: "conflict" });
  }
}

named(ConflictError, "ConflictError");
