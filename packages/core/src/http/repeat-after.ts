import ky, { NetworkError, type RetryOptions } from "ky";
import { APIError } from "../errors/api-error.ts";
import { ConnectionError } from "../errors/connection-error.ts";
import { isMomentary } from "../errors/is-refusal.ts";
import type { Deadline } from "../timing/deadline.ts";
import type { HttpRequest } from "./request.ts";
import { LONGEST_RETRY_AFTER_MS, retryAfterMs } from "./retry-after.ts";

const FIRST_DELAY_MS = 300;
const LONGEST_DELAY_MS = 8_000;
/** Of 5xx: those that may pass by waiting. */
const passing = new Set([500, 502, 503, 504]);

/**
 * Goes on after a first attempt that failed, or throws what it threw. ky has the loop; it begins with the failure that is
 * there already, so that a request which succeeds at once, as nearly all do, costs nothing of it.
 */
export function repeatAfter(
  failure: unknown,
  request: HttpRequest,
  limit: Deadline,
  maxRetries: number,
  attempt: () => Promise<Response>,
): Promise<Response> {
  if (!isRepeated(failure, request, limit) || maxRetries === 0) throw failure;
  let isFirst = true;
  return ky(request.url, {
    method: request.method,
    signal: limit.signal,
    timeout: false,
    throwHttpErrors: false,
    retry: retryOptions(request, limit, maxRetries),
    fetch: async () => {
      if (!isFirst) return attempt();
      isFirst = false;
      throw failure;
    },
  }).catch((error: unknown) => {
    // ky's name for a TypeError of a network; those that are left by now are a middleware's or a framework's own.
    throw error instanceof NetworkError ? error.cause : error;
  });
}

/** Whether a request is sent again after this. */
function isRepeated(error: unknown, { repeat, leftMs, isFinal }: HttpRequest, limit: Deadline): boolean {
  if (limit.signal.aborted || repeat === "never" || isFinal?.(error) === true) return false;
  const isRepeatable = repeat === "safe" || repeat === "own-id";
  if (ConnectionError.is(error)) return error.isRetryable && (isRepeatable || error.isUnsent);
  if (!APIError.is(error)) return false;
  // A wait that is longer than what is left of the call would only hide the answer that is there already.
  const mostMs = Math.min(LONGEST_RETRY_AFTER_MS, limit.leftMs(), leftMs?.() ?? Number.POSITIVE_INFINITY);
  if ((retryAfterMs(error.headers) ?? 0) > mostMs) return false;
  if (!isRepeatable) return error.status === 429;
  return isMomentary(error.status) || passing.has(error.status);
}

/**
 * ky sees our own errors, so it is told both: whether, and after how long. It asks in this order. `Retry-After` only makes
 * the back-off longer: with 0, a server that is overloaded would be asked three times in a moment.
 */
function retryOptions(request: HttpRequest, limit: Deadline, maxRetries: number): RetryOptions {
  let askedForMs = 0;
  return {
    limit: maxRetries,
    methods: [request.method.toLowerCase()],
    shouldRetry: ({ error }) => {
      askedForMs = APIError.is(error) ? (retryAfterMs(error.headers) ?? 0) : 0;
      return isRepeated(error, request, limit);
    },
    delay: (attempt) => Math.max(askedForMs, backoffMs(attempt)),
  };
}

function backoffMs(attempt: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1)) * (0.75 + Math.random() / 2);
}
