import { APIError, type APIErrorOptions } from "./api-error.ts";
import { named } from "./named.ts";

/** An upload was refused. */
export class FileUploadError extends APIError {
  declare readonly code: "file_upload";

  constructor(message: string, options: APIErrorOptions) {
    super(message, { ...options, code: "file_upload" });
  }
}

named(FileUploadError, "FileUploadError");
