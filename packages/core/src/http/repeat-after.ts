import ky, { type RetryOptions } from "ky";
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
  });
}

/** Whether a request is sent again after this. */
function isRepeated(error: unknown, { repeat, leftMs }: HttpRequest, limit: Deadline): boolean {
  if (limit.signal.aborted || repeat === "never") return false;
  const isRepeatable = repeat === "safe" || repeat === "own-id";
  if (ConnectionError.is(error)) return isRepeatable || error.isUnsent;
  if (!APIError.is(error)) return false;
  // A wait that is longer than what is left of the call would only hide the answer that is there already.
  const waitMs = retryAfterMs(error.headers) ?? 0;
  if (waitMs > Math.min(limit.leftMs(), leftMs?.() ?? Number.POSITIVE_INFINITY)) return false;
  if (!isRepeatable) return error.status === 429;
  return isMomentary(error.status) || passing.has(error.status);
}

/** ky sees our own errors, so it is told both: whether, and after how long. It asks in this order. */
function retryOptions(request: HttpRequest, limit: Deadline, maxRetries: number): RetryOptions {
  let waitMs: number | undefined;
  return {
    limit: maxRetries,
    methods: [request.method.toLowerCase()],
    shouldRetry: ({ error }) => {
      waitMs = APIError.is(error) ? retryAfterMs(error.headers) : undefined;
      return isRepeated(error, request, limit);
    },
    delay: (attempt) =>
      waitMs ?? Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1)) * (0.75 + Math.random() / 2),
  };
}
