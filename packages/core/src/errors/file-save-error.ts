import { FlowithError } from "./flowith-error.ts";
import { hasMark, mark } from "./mark.ts";

/** A picture or video could not be written to where it was to go. Nothing half-written is left there. */
export class FileSaveError extends FlowithError {
  override name = "FileSaveError";

  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, { code: "file_save", cause: options.cause });
    mark(this, "FileSaveError");
  }

  static override is(value: unknown): value is FileSaveError {
    return hasMark(value, "FileSaveError");
  }
}
