import { FlowithError } from "flowith-webapi";

/** What to tell a reader; what only the site's owner can use stays out. */
export function inWords(thrown: unknown): string {
  // The AI SDK's errors have Flowith's as their cause.
  const error = !FlowithError.is(thrown) && thrown instanceof Error ? (thrown.cause ?? thrown) : thrown;
  if (error instanceof TypeError) return "The server cannot be reached.";
  if (!FlowithError.is(error)) return "That did not work.";
  switch (error.code) {
    case "insufficient_credits":
      return "There are no credits left.";
    case "authentication":
      return "This site is no longer signed in at Flowith.";
    case "rate_limit":
      return "Too many questions at once. Try again in a minute.";
    case "invalid_argument":
      return error.message;
    default:
      return error.isRetryable ? "That did not work. Try again." : "That did not work.";
  }
}
