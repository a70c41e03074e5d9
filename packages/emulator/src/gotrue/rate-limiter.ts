import type { Clock } from "../clock.ts";
import { ApiError } from "./api-error.ts";

/**
 * The header that a caller is told apart by. The service has no limit for requests without it:
 * behind a gateway it holds the address of the client.
 */
const callerHeader = "x-rate-probe";

const burst = 30;

const minute = 60_000;
const hour = 60 * minute;

export type RequestKind = "token" | "verify" | "email" | "anonymous";

/** How long it takes until one more request is allowed, once the burst is used up. */
const refillMs: Readonly<Record<RequestKind, number>> = {
  token: (5 * minute) / 150,
  verify: (5 * minute) / 30,
  email: (5 * minute) / 30,
  anonymous: hour / 30,
};

export interface RateLimiter {
  /** @throws ApiError 429 when the caller asked too often */
  check(request: Request, kind: RequestKind): void;
  reset(): void;
}

/** A bucket of 30 a caller and kind of request. */
export function createRateLimiter(clock: Clock): RateLimiter {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    check(request, kind) {
      const caller = request.headers.get(callerHeader)?.split(",")[0]?.trim();
      if (!caller) return;
      const now = clock.now();
      const key = `${kind} ${caller}`;
      const bucket = buckets.get(key) ?? { left: burst, at: now };
      const left = Math.min(burst, bucket.left + (now - bucket.at) / refillMs[kind]);
      buckets.set(key, { left: left >= 1 ? left - 1 : left, at: now });
      if (left < 1) throw new ApiError(429, "over_request_rate_limit", "Request rate limit reached");
    },
    reset: () => buckets.clear(),
  };
}
