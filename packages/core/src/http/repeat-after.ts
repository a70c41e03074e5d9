import ky, { NetworkError, type RetryOptions } from "ky";
import type { Deadline } from "../timing/deadline.ts";
import { isRepeated, waitMs } from "./repeat-rules.ts";
import type { HttpRequest } from "./request.ts";

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

/** ky sees our own errors, so it is told both: whether, and after how long. It asks in this order. */
function retryOptions(request: HttpRequest, limit: Deadline, maxRetries: number): RetryOptions {
  let last: unknown;
  return {
    limit: maxRetries,
    methods: [request.method.toLowerCase()],
    shouldRetry: ({ error }) => {
      last = error;
      return isRepeated(error, request, limit);
    },
    delay: (attempt) => waitMs(last, attempt),
  };
}
