import { abortReason, FileSaveError, FlowithError } from "@flowith-webapi/core/http";

/** What is known of a failure besides the error. */
export interface SaveProblem {
  /** A system's own word for it. Its message shows the whole path, and is not shown then. */
  code?: string | undefined;
  advice?: string | undefined;
  isPassing?: boolean | undefined;
}

/** What a failed `save` throws: the caller's reason, an error that is ours already, or a `FileSaveError`. */
export function saveError(error: unknown, signal: AbortSignal | undefined, problem: SaveProblem = {}): unknown {
  if (signal?.aborted) return abortReason(signal);
  if (FlowithError.is(error)) return error;
  const { code, advice = "", isPassing } = problem;
  const said = code ?? (error instanceof Error ? error.message : String(error));
  return new FileSaveError(`save: the file could not be written (${said}). Nothing was left behind. ${advice}`.trim(), {
    cause: error,
    isRetryable: isPassing,
  });
}
