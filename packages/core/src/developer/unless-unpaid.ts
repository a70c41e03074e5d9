import { RateLimitError } from "../errors/rate-limit-error.ts";
import type { Repeat } from "../http/repeat-rules.ts";
import { isUnpaid } from "./answer-failure.ts";

/** Repeats as before, but not for a quota that is spent, which may be told as a 429: no waiting helps. */
export function unlessUnpaid(repeat: Repeat): Repeat {
  return async (failure, ...rest) => {
    if (RateLimitError.is(failure) && isUnpaid(failure.body)) throw failure;
    return repeat(failure, ...rest);
  };
}
