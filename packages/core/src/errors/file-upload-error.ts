import { APIError, type APIErrorOptions } from "./api-error.ts";
import { hasMark, mark } from "./mark.ts";

/** An upload was refused. */
export class FileUploadError extends APIError {
  override name = "FileUploadError";

  constructor(message: string, options: APIErrorOptions) {
    super(message, { ...options, code: "file_upload" });
    mark(this, "FileUploadError");
  }

  static override is(value: unknown): value is FileUploadError {
    return hasMark(value, "FileUploadError");
  }
}
