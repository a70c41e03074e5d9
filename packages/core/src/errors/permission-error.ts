import { APIError, type APIErrorOptions } from "./api-error.ts";
import { hasMark, mark } from "./mark.ts";

/** 403: signed in, but not allowed; row-level security (42501) included. */
export class PermissionError extends APIError {
  override name = "PermissionError";

  constructor(message: string, options: APIErrorOptions) {
    super(message, { ...options, code: "permission" });
    mark(this, "PermissionError");
  }

  static override is(value: unknown): value is PermissionError {
    return hasMark(value, "PermissionError");
  }
}
