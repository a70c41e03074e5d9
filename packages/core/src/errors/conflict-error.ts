import { APIError, type APIErrorOptions } from "./api-error.ts";
import { hasMark, mark } from "./mark.ts";

/** 409: the change collides with what is there. */
export class ConflictError extends APIError {
  override name = "ConflictError";

  constructor(message: string, options: APIErrorOptions) {
    super(message, { ...options, code: "conflict" });
    mark(this, "ConflictError");
  }

  static override is(value: unknown): value is ConflictError {
    return hasMark(value, "ConflictError");
  }
}
