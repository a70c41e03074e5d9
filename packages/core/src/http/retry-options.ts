import type { RetryOptions } from "ky";
import { APIError } from "../errors/api-error.ts";
import { ConnectionError } from "../errors/connection-error.ts";
import { isMomentary } from "../errors/is-refusal.ts";
import type { Deadline } from "../timing/deadline.ts";
import type { HttpRequest } from "./request.ts";
import { retryAfterMs } from "./retry-after.ts";

const FIRST_DELAY_MS = 300;
const LONGEST_DELAY_MS = 8_000;
/** Of 5xx: those that may pass by waiting. */
const passing = new Set([500, 502, 503, 504]);

/**
 * When ky sends a request again, and after how long. It sees our own errors, so it is told both; `Retry-After` goes
 * before the back-off, and a wait that is longer than what is left of the call is not begun: it would only hide the
 * answer that is there already.
 */
export function retryOptions(request: HttpRequest, limit: Deadline, maxRetries: number): RetryOptions {
  let waitMs: number | undefined;
  const isRepeatable = request.repeat === "safe" || request.repeat === "own-id";
  return {
    limit: request.repeat === "never" ? 0 : maxRetries,
    methods: [request.method.toLowerCase()],
    shouldRetry: ({ error }) => {
      if (limit.signal.aborted) return false;
      if (ConnectionError.is(error)) {
        waitMs = undefined;
        return isRepeatable || error.isUnsent;
      }
      if (!APIError.is(error)) return false;
      waitMs = retryAfterMs(error.headers);
      if ((waitMs ?? 0) > Math.min(limit.leftMs(), request.leftMs?.() ?? Number.POSITIVE_INFINITY)) return false;
      if (!isRepeatable) return error.status === 429;
      return isMomentary(error.status) || passing.has(error.status);
    },
    delay: (attempt) =>
      waitMs ?? Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1)) * (0.75 + Math.random() / 2),
  };
}
