import { APIError, type APIErrorOptions } from "./api-error.ts";
import { AuthenticationError } from "./authentication-error.ts";
import { ConflictError } from "./conflict-error.ts";
import { ConnectionError } from "./connection-error.ts";
import { FileSaveError } from "./file-save-error.ts";
import { FileUploadError } from "./file-upload-error.ts";
import { FlowithError } from "./flowith-error.ts";
import { InsufficientCreditsError } from "./insufficient-credits-error.ts";
import { InvalidArgumentError } from "./invalid-argument-error.ts";
import { JobFailedError } from "./job-failed-error.ts";
import type { JobHandle } from "./job-handle.ts";
import { NotFoundError } from "./not-found-error.ts";
import { PermissionError } from "./permission-error.ts";
import { RateLimitError } from "./rate-limit-error.ts";
import { ResponseShapeError } from "./response-shape-error.ts";
import { ServerError } from "./server-error.ts";
import { SessionStoreError } from "./session-store-error.ts";
import { StreamTruncatedError } from "./stream-truncated-error.ts";
import { TimeoutError, type TimeoutPhase } from "./timeout-error.ts";
import { ValidationError } from "./validation-error.ts";

/** An error as it was sent on: fields of any kind, and of any value. */
type Sent = Record<string, unknown>;
type Maker = (message: string, sent: Sent) => FlowithError;

const ofAnswer =
  (errorClass: new (message: string, options: APIErrorOptions) => APIError): Maker =>
  (message, sent) =>
    new errorClass(message, answerOf(sent));

/** By their names, which have nothing of a class that could be inherited. */
const makers: ReadonlyMap<unknown, Maker> = new Map<unknown, Maker>([
  ["FlowithError", (message, sent) => new FlowithError(message, { code: textOf(sent.code) ?? "unknown" })],
  ["APIError", ofAnswer(APIError)],
  ["AuthenticationError", ofAnswer(AuthenticationError)],
  ["ConflictError", ofAnswer(ConflictError)],
  ["FileUploadError", ofAnswer(FileUploadError)],
  ["InsufficientCreditsError", ofAnswer(InsufficientCreditsError)],
  ["NotFoundError", ofAnswer(NotFoundError)],
  ["PermissionError", ofAnswer(PermissionError)],
  ["ServerError", ofAnswer(ServerError)],
  [
    "RateLimitError",
    (message, sent) => new RateLimitError(message, { ...answerOf(sent), retryAfterMs: numberOf(sent.retryAfterMs) }),
  ],
  ["ValidationError", (message, sent) => new ValidationError(message, { ...answerOf(sent), details: undefined })],
  ["ConnectionError", (message, sent) => new ConnectionError(message, { isUnsent: sent.isUnsent === true })],
  ["FileSaveError", (message) => new FileSaveError(message)],
  ["InvalidArgumentError", (message) => new InvalidArgumentError(message)],
  ["JobFailedError", (message, sent) => new JobFailedError(message, { reason: textOf(sent.reason) ?? "unknown" })],
  ["ResponseShapeError", (message) => new ResponseShapeError(message, { issues: [], raw: undefined })],
  ["SessionStoreError", (message) => new SessionStoreError(message)],
  ["StreamTruncatedError", (message) => new StreamTruncatedError(message)],
  [
    "TimeoutError",
    (message, sent) => new TimeoutError(message, { phase: phaseOf(sent), limitMs: numberOf(sent.limitMs) ?? 0 }),
  ],
]);

/** See `FlowithError.from`. */
export function rebuiltError(value: unknown): FlowithError | undefined {
  if (FlowithError.is(value)) return value;
  if (!isObject(value)) return undefined;
  const sent = isObject(value.error) ? value.error : value;
  const maker = typeof sent.code === "string" ? makers.get(sent.name) : undefined;
  if (maker === undefined) return undefined;
  const error = maker(textOf(sent.message) ?? "No message came with it.", sent);
  const { isRetryable, requestId, partial } = sent;
  const told = {
    // A class knows its own only where nobody has found out more: a post that may have been taken is not to be repeated.
    isRetryable: typeof isRetryable === "boolean" ? isRetryable : undefined,
    requestId: textOf(requestId),
    partial: typeof partial === "string" ? partial : undefined,
    handle: handleOf(sent.handle),
  };
  for (const [key, field] of Object.entries(told)) {
    if (field !== undefined) Object.defineProperty(error, key, { value: field, enumerable: true, configurable: true });
  }
  return error;
}

// Here and not in its class, which its subclasses need before they can be named.
Object.defineProperty(FlowithError, "from", { value: rebuiltError, configurable: true, writable: true });

/** Headers and body stay where the answer came. */
function answerOf(sent: Sent): APIErrorOptions {
  return { status: numberOf(sent.status) ?? 0, headers: new Headers(), body: undefined };
}

function phaseOf({ phase }: Sent): TimeoutPhase {
  return phase === "connect" || phase === "first-event" || phase === "idle" ? phase : "total";
}

/** Whose job it is was not sent along. */
function handleOf(sent: unknown): JobHandle | undefined {
  if (!isObject(sent)) return undefined;
  const { kind, nodeId, userNodeId, convId, userId, model, createdAtMs } = sent;
  if (kind !== "text" && kind !== "image" && kind !== "video") return undefined;
  if (typeof nodeId !== "string" || typeof userNodeId !== "string" || typeof convId !== "string") return undefined;
  const about = { userId: textOf(userId) ?? "", model: textOf(model) ?? "", createdAtMs: numberOf(createdAtMs) ?? 0 };
  return { v: 1, kind, nodeId, userNodeId, convId, ...about };
}

function isObject(value: unknown): value is Sent {
  return typeof value === "object" && value !== null;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
