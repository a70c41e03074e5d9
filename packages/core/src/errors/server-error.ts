import { APIError, type APIErrorOptions } from "./api-error.ts";
import { named } from "./named.ts";

/** 5xx: the service failed. Safe requests were retried before this was thrown, unless `retryAfterMs` was too long. */
export class ServerError extends APIError {
  declare readonly code: "server";

  constructor(message: string, options: APIErrorOptions) {
    super(message, { ...options, code: "server" });
  }
}

named(ServerError, "ServerError");
