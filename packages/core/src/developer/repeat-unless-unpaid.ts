import { RateLimitError } from "../errors/rate-limit-error.ts";
import { repeatPlainly } from "../http/repeat-plainly.ts";
import type { Repeat } from "../http/repeat-rules.ts";
import { isUnpaid } from "./answer-failure.ts";

/** The same as {@link repeatPlainly}, but for a quota that is spent, which may be told as a 429: no waiting helps. */
export const repeatUnlessUnpaid: Repeat = async (failure, ...rest) => {
  if (RateLimitError.is(failure) && isUnpaid(failure.body)) throw failure;
  return repeatPlainly(failure, ...rest);
};
