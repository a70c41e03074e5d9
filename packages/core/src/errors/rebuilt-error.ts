import { APIError } from "./api-error.ts";
import { AuthenticationError } from "./authentication-error.ts";
import { ConflictError } from "./conflict-error.ts";
import { ConnectionError } from "./connection-error.ts";
import { bareCode } from "./error-code.ts";
import { show } from "./error-fields.ts";
import { FileSaveError } from "./file-save-error.ts";
import { FileUploadError } from "./file-upload-error.ts";
import { FlowithError } from "./flowith-error.ts";
import { InsufficientCreditsError } from "./insufficient-credits-error.ts";
import { InvalidArgumentError } from "./invalid-argument-error.ts";
import { JobFailedError } from "./job-failed-error.ts";
import type { JobHandle } from "./job-handle.ts";
import { JobStoreError } from "./job-store-error.ts";
import { nameOf } from "./named.ts";
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

/** What any class of errors is made of. */
type Options = ReturnType<typeof optionsOf>;

const classes: (new (message: string, options: Options) => FlowithError)[] = [
  APIError,
  AuthenticationError,
  ConflictError,
  ConnectionError,
  FileSaveError,
  FileUploadError,
  InsufficientCreditsError,
  InvalidArgumentError,
  JobFailedError,
  JobStoreError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ResponseShapeError,
  ServerError,
  SessionStoreError,
  StreamTruncatedError,
  TimeoutError,
  ValidationError,
];

/** By their names, which have nothing of a class that could be inherited. */
const byName = new Map<unknown, (typeof classes)[number]>(
  classes.map((errorClass) => [nameOf(errorClass.prototype), errorClass]),
);

/** See `FlowithError.from`. */
export function rebuiltError(value: unknown): FlowithError | undefined {
  if (FlowithError.is(value)) return value;
  if (!isObject(value)) return undefined;
  const sent = isObject(value.error) ? value.error : value;
  const error = typeof sent.code === "string" ? errorOf(sent) : undefined;
  if (error === undefined) return undefined;
  const { isRetryable, requestId, partial } = sent;
  show(error, {
    // A class knows its own only where nobody has found out more: a post that may have been taken is not to be repeated.
    isRetryable: typeof isRetryable === "boolean" ? isRetryable : undefined,
    requestId: textOf(requestId),
    partial: typeof partial === "string" ? partial : undefined,
    handle: handleOf(sent.handle),
  });
  return error;
}

/** Of its own class, with what that is made of. */
function errorOf(sent: Sent): FlowithError | undefined {
  const message = textOf(sent.message) ?? "No message came with it.";
  if (sent.name === nameOf(FlowithError.prototype)) return new FlowithError(message, { code: bareCode(sent.code) });
  const errorClass = byName.get(sent.name);
  if (errorClass === undefined) return undefined;
  const error = new errorClass(message, optionsOf(sent));
  // Others have errors of these names too: got's TimeoutError has the code ETIMEDOUT.
  return error.code === sent.code ? error : undefined;
}

// Here and not in its class, which its subclasses need before they can be named.
Object.defineProperty(FlowithError, "from", { value: rebuiltError, configurable: true, writable: true });

/** For every class at once, since each takes its own of them. Headers and body stay where the answer came. */
function optionsOf({ status, retryAfterMs, isUnsent, reason, phase, limitMs }: Sent) {
  return {
    cause: undefined,
    code: "api_error" as const,
    status: numberOf(status) ?? 0,
    headers: new Headers(),
    body: undefined,
    details: undefined,
    retryAfterMs: numberOf(retryAfterMs),
    isUnsent: isUnsent === true,
    reason: textOf(reason) ?? "unknown",
    issues: [],
    raw: undefined,
    phase: phaseOf(phase),
    limitMs: numberOf(limitMs) ?? 0,
  };
}

function phaseOf(phase: unknown): TimeoutPhase {
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
