// Gives FlowithError its `from`.
import "./rebuilt-error.ts";

export { APIError, type APIErrorOptions } from "./api-error.ts";
export { AuthenticationError } from "./authentication-error.ts";
export { ConflictError } from "./conflict-error.ts";
export { ConnectionError } from "./connection-error.ts";
export type { APIErrorCode, FlowithErrorCode } from "./error-code.ts";
export { errorResponse } from "./error-response.ts";
export { FileSaveError } from "./file-save-error.ts";
export { FileUploadError } from "./file-upload-error.ts";
export { FlowithError, type FlowithErrorOptions } from "./flowith-error.ts";
export { InsufficientCreditsError } from "./insufficient-credits-error.ts";
export { InvalidArgumentError } from "./invalid-argument-error.ts";
export { JobFailedError, type JobFailedErrorOptions, type JobFailureReason } from "./job-failed-error.ts";
export type { JobHandle, JobKind, JsonValue } from "./job-handle.ts";
export { JobStoreError } from "./job-store-error.ts";
export { NotFoundError } from "./not-found-error.ts";
export { PermissionError } from "./permission-error.ts";
export { RateLimitError } from "./rate-limit-error.ts";
export { ResponseShapeError } from "./response-shape-error.ts";
export { ServerError } from "./server-error.ts";
export { SessionStoreError } from "./session-store-error.ts";
export { StreamTruncatedError } from "./stream-truncated-error.ts";
export { TimeoutError, type TimeoutErrorOptions, type TimeoutPhase } from "./timeout-error.ts";
export { ValidationError } from "./validation-error.ts";
