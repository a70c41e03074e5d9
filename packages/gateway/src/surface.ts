import type { Problem } from "./errors.ts";
import type { SseMessage } from "./http/sse.ts";

/** What tells the clients of one company's API from those of another. */
export interface Surface {
  /** Whether a request is this surface's, where no route has said so. */
  owns(request: Request): boolean;
  /** The body of an error's response. */
  errorBody(problem: Problem, requestId: string | undefined): unknown;
  /** An error in a stream that has begun. */
  errorMessage(problem: Problem, requestId: string | undefined): SseMessage;
}
