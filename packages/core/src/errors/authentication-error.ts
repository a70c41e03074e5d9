import { APIError, type APIErrorOptions } from "./api-error.ts";
import { named } from "./named.ts";

/**
 * There is no valid token: missing, malformed, expired without a refresh token, or refused by the server.
 * `status` is 401 also where the fault was seen before a request was made.
 */
export class AuthenticationError extends APIError {
  declare readonly code: "authentication";

  constructor(message: string, options: Partial<APIErrorOptions> = {}) {
    super(message, {
      ...options,
      status: options.status ?? 401,
      headers: options.headers ?? new Headers(),
      body: options.body,
      code: "authentication",
    });
  }
}

named(AuthenticationError, "AuthenticationError");
