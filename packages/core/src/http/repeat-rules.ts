import { APIError } from "../errors/api-error.ts";
import { ConnectionError } from "../errors/connection-error.ts";
import { isMomentary } from "../errors/is-refusal.ts";
import type { Deadline } from "../timing/deadline.ts";
import type { HttpRequest } from "./request.ts";
import { LONGEST_RETRY_AFTER_MS, retryAfterMs } from "./retry-after.ts";

/** Goes on after a first attempt that failed, or throws what it threw. */
export type Repeat = (
  failure: unknown,
  request: HttpRequest,
  limit: Deadline,
  maxRetries: number,
  attempt: () => Promise<Response>,
) => Promise<Response>;

const FIRST_DELAY_MS = 300;
const LONGEST_DELAY_MS = 8_000;
/** Of 5xx: those that may pass by waiting. */
const passing = new Set([500, 502, 503, 504]);

/** Whether a request is sent again after this. */
export function isRepeated(error: unknown, { repeat, leftMs, isFinal }: HttpRequest, limit: Deadline): boolean {
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
 * How long to wait before the next attempt. `Retry-After` only makes the back-off longer: with 0, a server that is overloaded
 * would be asked three times in a moment.
 * @param attempt 1 for the first repeat
 */
export function waitMs(error: unknown, attempt: number): number {
  return Math.max(askedForMs(error), backoffMs(attempt));
}

/** What the server asked to wait. */
function askedForMs(error: unknown): number {
  return APIError.is(error) ? (retryAfterMs(error.headers) ?? 0) : 0;
}

function backoffMs(attempt: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1)) * (0.75 + Math.random() / 2);
}
