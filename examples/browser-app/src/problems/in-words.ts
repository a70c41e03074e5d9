import { FlowithError, JobFailedError, RateLimitError } from "flowith-webapi";

/** What went wrong, and what the reader can do about it. */
export interface Words {
  what: string;
  help: string;
}

export function inWords(problem: unknown): Words {
  if (!FlowithError.is(problem))
    return { what: "Something went wrong in this page.", help: "Reload it and try again." };
  switch (problem.code) {
    case "insufficient_credits":
      return {
        what: "There are not enough credits for this.",
        help: "Choose a cheaper model, or see Account for what is left.",
      };
    case "authentication":
      return { what: "You are not signed in, or what you gave was refused.", help: problem.message };
    case "permission":
      return { what: "Your account may not do this.", help: "Choose another model, or ask the owner." };
    case "not_found":
      return { what: "It is not there any more.", help: "It may have been deleted. Choose another one." };
    case "rate_limit":
      return { what: "Too many requests at once.", help: waitWords(problem) };
    case "connection":
      return { what: "Flowith cannot be reached.", help: "Look at your connection, then try again." };
    case "timeout":
      return { what: "It took too long.", help: "It may still be made. Try again in a moment." };
    case "stream_truncated":
      return { what: "The answer was cut short.", help: "Try again." };
    case "server":
      return { what: "Flowith has a problem of its own.", help: "Try again in a minute." };
    case "job_failed":
      return failureWords(problem);
    case "file_upload":
      return {
        what: "The file was not taken.",
        help: "It may be too large (20 MB at most), or of a kind that Flowith does not take.",
      };
    case "file_save":
      return { what: "The file could not be saved.", help: "Choose another folder, or look whether the disk is full." };
    case "session_store":
      return {
        what: "This browser keeps no session for this page.",
        help: "Allow the page to store data, then sign in again.",
      };
    case "invalid_argument":
    case "validation":
      return { what: "That cannot be sent as it is.", help: problem.message };
    case "response_shape":
      return {
        what: "Flowith answered in a way that this page does not know.",
        help: "There may be a newer version of it.",
      };
    default:
      return { what: "That did not work.", help: problem.isRetryable ? "Try again." : problem.message };
  }
}

function waitWords(problem: FlowithError): string {
  const waitMs = RateLimitError.is(problem) ? problem.retryAfterMs : undefined;
  return waitMs === undefined ? "Try again in a minute." : `Try again in ${Math.ceil(waitMs / 1000)} seconds.`;
}

function failureWords(problem: FlowithError): Words {
  switch (JobFailedError.is(problem) ? problem.reason : "unknown") {
    case "content_policy":
      return { what: "The model refuses this.", help: "Say it in other words, or ask another model." };
    case "insufficient_credits":
      return {
        what: "There are not enough credits for this.",
        help: "Choose a cheaper model, or see Account for what is left.",
      };
    case "rate_limit":
      return {
        what: "The model is asked too often just now.",
        help: "Try again in a minute, or choose another model.",
      };
    case "timeout":
      return { what: "The model took too long.", help: "Try again, or choose another model." };
    default:
      return { what: "The model failed.", help: "Try again, or choose another model." };
  }
}
