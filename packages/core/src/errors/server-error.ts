import { APIError, type APIErrorOptions } from "./api-error.ts";
import { hasMark, mark } from "./mark.ts";

/** 5xx: the service failed. Safe requests were retried before this was thrown. */
export class ServerError extends APIError {
  override name = "ServerError";

  constructor(message: string, options: APIErrorOptions) {
    super(message, { ...options, code: "server" });
    mark(this, "ServerError");
  }

  static override is(value: unknown): value is ServerError {
    return hasMark(value, "ServerError");
  }
}
