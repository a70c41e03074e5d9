import { FileSaveError, FlowithError } from "@flowith-webapi/core";
import { abortReason } from "@flowith-webapi/core/http";

/** What a failed `save` throws: the caller's reason, an error that is ours already, or a `FileSaveError`. */
export function saveError(error: unknown, signal: AbortSignal | undefined, advice = ""): unknown {
  if (signal?.aborted) return abortReason(signal);
  if (FlowithError.is(error)) return error;
  const said = error instanceof Error ? error.message : String(error);
  return new FileSaveError(`save: the file could not be written (${said}). Nothing was left behind. ${advice}`.trim(), {
    cause: error,
  });
}
