import { APIError, type APIErrorOptions } from "./api-error.ts";
import { hasMark, mark } from "./mark.ts";

/** 404: what was asked for does not exist or is not visible to this user. */
export class NotFoundError extends APIError {
  override name = "NotFoundError";

  constructor(message: string, options: APIErrorOptions) {
    super(message, { ...options, code: "not_found" });
    mark(this, "NotFoundError");
  }

  static override is(value: unknown): value is NotFoundError {
    return hasMark(value, "NotFoundError");
  }
}
