import { APIError, type APIErrorOptions } from "./api-error.ts";
import { named } from "./named.ts";

/** 404: what was asked for does not exist or is not visible to this user. */
export class NotFoundError extends APIError {
  declare readonly code: "not_found";

  constructor(message: string, options: APIErrorOptions) {
    super(message, { ...options, code: "not_found" });
  }
}

named(NotFoundError, "NotFoundError");
