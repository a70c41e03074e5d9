import { SessionStoreError } from "flowith-webapi";
import { HTTPException } from "hono/http-exception";
import { flowithProblem } from "./flowith-problem.ts";

/** What went wrong, before a surface gives it its shape. */
export interface Problem {
  status: number;
  /** A `FlowithErrorCode`, or a word of the gateway's own. */
  code: string;
  message: string;
  /** The field of the request that is to blame. */
  param?: string | undefined;
  /** What a client's program goes by, in the form of its surface. */
  details?: Readonly<Record<string, unknown>> | undefined;
  /** How long the service asks to wait, in ms. */
  retryAfterMs?: number | undefined;
  /** Whether a client may send it again by itself. Default false. */
  mayRetry?: boolean | undefined;
  /** Methods that the path has, where it has not that of the request. */
  allow?: readonly string[] | undefined;
  /** For the operator alone: no answer has it. */
  reason?: string | undefined;
}

/** A refusal of the gateway's own. */
export class GatewayError extends Error {
  override readonly name = "GatewayError";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** The status of a request whose client went away before it was answered: nobody reads it but logs, which know it from nginx. */
export const CLIENT_LEFT = 499;

export function clientLeft(): GatewayError {
  return new GatewayError({ status: CLIENT_LEFT, code: "client_left", message: "The client has gone away." });
}

/** The one place where errors get their status. Of one that is neither the SDK's nor ours, no word is told. */
export async function problemOf(error: unknown): Promise<Problem> {
  if (error instanceof GatewayError) return error.problem;
  if (error instanceof HTTPException) return { status: error.status, code: "refused", message: error.message };
  if (SessionStoreError.is(error)) {
    // Only the operator's sessions have a store, and its words name files of theirs.
    const message = "The session behind this API key cannot be used. Ask whoever runs this gateway.";
    return { status: 500, code: error.code, message, reason: error.message };
  }
  return flowithProblem(error);
}

/** Headers that all surfaces send with an error. */
export function problemHeaders({ retryAfterMs, mayRetry = false, allow }: Problem): Record<string, string> {
  return {
    "cache-control": "no-store",
    // One layer repeats: the SDK below has, where that may help, and a job that was posted may be paid. What the gateway itself
    // has refused for now was never posted.
    "x-should-retry": String(mayRetry),
    ...(allow === undefined ? {} : { allow: allow.join(", ") }),
    ...(retryAfterMs === undefined ? {} : { "retry-after": String(Math.ceil(retryAfterMs / 1000)) }),
  };
}
