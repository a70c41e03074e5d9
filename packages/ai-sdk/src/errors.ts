import { APICallError, InvalidArgumentError, LoadAPIKeyError } from "@ai-sdk/provider";
import { APIError, ConnectionError, FlowithError, type FlowithErrorCode } from "flowith-webapi";
import { wordsFor } from "./error-words.ts";

/** The `data` of an `APICallError`, which is JSON: what its `cause`, a `FlowithError`, tells besides its words. */
export interface FlowithErrorData {
  /** What went wrong, as the `code` of the cause says it. */
  code: FlowithErrorCode;
  /** Whether the same call may succeed later. The SDK has repeated by itself what may be repeated. */
  isRetryable: boolean;
  /** The job that goes on, for `resume` of a client. Absent where none does, as after a post that was refused. */
  handle?: unknown;
  /** What had come of a text. */
  partial?: string;
}

/**
 * The same error as the AI SDK knows it, ours as its cause. Never one to retry: the SDK below has repeated what may be
 * repeated, and a job that was posted may be paid already.
 * @param call which call failed, such as `generateStream`
 */
export function toAiError(error: unknown, call: string): unknown {
  if (!FlowithError.is(error)) return error;
  const { code } = error;
  const message = wordsFor(error.message);
  if (code === "invalid_argument") return new InvalidArgumentError({ argument: call, message, cause: error });
  if (code === "authentication" && (!APIError.is(error) || error.body === undefined)) {
    return Object.assign(new LoadAPIKeyError({ message }), { cause: error });
  }
  return new APICallError({
    message,
    url: `flowith:${call}`,
    requestBodyValues: {},
    isRetryable: false,
    cause: error,
    data: errorData(error),
    ...(APIError.is(error)
      ? {
          statusCode: error.status,
          responseHeaders: Object.fromEntries(error.headers),
          responseBody: typeof error.body === "string" ? error.body : JSON.stringify(error.body),
        }
      : {}),
  });
}

/** Codes of jobs that have ended, or never began. */
const ENDED: ReadonlySet<FlowithErrorCode> = new Set(["job_failed", "job_store", "stream_truncated"]);

/** Whether a job may be at work all the same. A post that was refused has left none. */
function leavesJob(error: FlowithError): boolean {
  if (ConnectionError.is(error)) return !error.isUnsent;
  // A session may end while a job is waited for; 408 and 499 are a proxy's, which stopped waiting.
  if (APIError.is(error)) return error.status >= 500 || [401, 408, 499].includes(error.status);
  return !ENDED.has(error.code);
}

function errorData(error: FlowithError): FlowithErrorData {
  const { code, isRetryable, partial } = error;
  const handle = leavesJob(error) ? error.handle : undefined;
  return {
    code,
    isRetryable,
    ...(handle === undefined ? {} : { handle }),
    ...(partial === undefined || partial === "" ? {} : { partial }),
  };
}

/** Runs a call of the client, and gives out its errors as the AI SDK knows them. */
export async function asAiCall<Result>(call: string, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw toAiError(error, call);
  }
}
