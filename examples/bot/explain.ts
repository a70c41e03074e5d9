import { FlowithError, JobFailedError, RateLimitError } from "flowith-webapi";

/** What a user is told of a failure. */
export function explain(error: unknown): string {
  if (!FlowithError.is(error)) {
    console.error(error);
    return "Something went wrong here.";
  }
  switch (JobFailedError.is(error) ? error.reason : error.code) {
    case "authentication":
      return "You are not signed in. Send /login, then say it again.";
    case "insufficient_credits":
      return "Your account at Flowith has too few credits for that. /credits says how many.";
    case "rate_limit": {
      const waitMs = RateLimitError.is(error) ? error.retryAfterMs : undefined;
      return `That was too much at once. Try again in ${Math.ceil((waitMs ?? 60_000) / 1000)} s.`;
    }
    case "content_policy":
      return "Flowith does not answer that.";
    case "timeout":
      return "That takes too long. If it still comes, you have it after my next start.";
    case "unposted":
      return "I was stopped before I could ask. Say it again.";
    default:
      return `That did not work: ${error.message}`;
  }
}
