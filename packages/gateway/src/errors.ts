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
  /** Whether a client may send it again by itself. Default: for 429 alone. */
  mayRetry?: boolean | undefined;
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

/** The one place where errors get their status. Of one that is neither the SDK's nor ours, no word is told. */
export async function problemOf(error: unknown): Promise<Problem> {
  if (error instanceof GatewayError) return error.problem;
  if (error instanceof HTTPException) return { status: error.status, code: "refused", message: error.message };
  if (SessionStoreError.is(error)) {
    // Only the operator's sessions have a store, and its words name files of theirs.
    const message = "The session behind this API key cannot be used. Ask whoever runs this gateway.";
    return { status: 500, code: error.code, message };
  }
  return flowithProblem(error);
}

/** Headers that all surfaces send with an error. */
export function problemHeaders({ status, retryAfterMs, mayRetry = status === 429 }: Problem): Record<string, string> {
  return {
    "cache-control": "no-store",
    // The SDK below has repeated what may be repeated, and a job that was posted may be paid.
    "x-should-retry": String(mayRetry),
    ...(retryAfterMs === undefined ? {} : { "retry-after": String(Math.ceil(retryAfterMs / 1000)) }),
  };
}
