import { APIError, type APIErrorOptions } from "./api-error.ts";
import { named } from "./named.ts";

/** 403: signed in, but not allowed; row-level security (42501) included. */
export class PermissionError extends APIError {
  declare readonly code: "permission";

  constructor(message: string, options: APIErrorOptions) {
    super(message, { ...options, code: "permission" });
  }
}

named(PermissionError, "PermissionError");
