import { FlowithError } from "./flowith-error.ts";
import { named } from "./named.ts";

/** A picture or video could not be written to where it was to go. Nothing half-written is left there. */
export class FileSaveError extends FlowithError {
  declare readonly code: "file_save";

  constructor(message: string, options: { cause?: unknown; isRetryable?: boolean | undefined } = {}) {
    super(message, { ...options, code: "file_save" });
  }
}

named(FileSaveError, "FileSaveError");
