/**
 * What `error.code` can be, for a `switch` that leaves none out. The README has a table of them: when each comes, and what
 * to do.
 * @example
 * const advice = (code: FlowithErrorCode): string => {
 *   switch (code) {
 *     case "authentication":
 *       return "Sign in again.";
 *     case "rate_limit":
 *     case "server":
 *       return "Try again later.";
 *     default:
 *       return "Tell us about it.";
 *   }
 * };
 * console.log(advice("rate_limit"));
 */
export type FlowithErrorCode = APIErrorCode | JobErrorCode | LocalErrorCode | BareErrorCode;

/** Codes of errors that a server's answer stands behind. */
export type APIErrorCode =
  | "api_error"
  | "authentication"
  | "conflict"
  | "file_upload"
  | "insufficient_credits"
  | "not_found"
  | "permission"
  | "rate_limit"
  | "server"
  | "validation";

/** How a call or a job ends without the answer that it should have had. */
type JobErrorCode = "connection" | "job_failed" | "response_shape" | "stream_truncated" | "timeout";

/** What went wrong on this side. */
type LocalErrorCode = "file_save" | "invalid_argument" | "job_store" | "session_store";

/** Of errors that have no class but `FlowithError`. */
export type BareErrorCode = (typeof BARE_CODES)[number];

const BARE_CODES = ["aborted", "events_overflow", "unknown"] as const;

/** A code as another program sent it; `unknown` where it is none that an error without a class of its own has. */
export function bareCode(sent: unknown): BareErrorCode {
  return BARE_CODES.find((code) => code === sent) ?? "unknown";
}
