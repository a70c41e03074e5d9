import { JobFailedError } from "../errors/job-failed-error.ts";
import { detail } from "../text/detail.ts";
import { isRecord, textOf } from "./parse.ts";

export interface Failure {
  /** `content_policy`, `provider_error`, `rate_limit`, `timeout`, … or `unknown`. */
  reason: string;
  message: string;
}

/** Reads an `error` field, which may be text, an object with a message, or mere truth; undefined when it is empty. */
export function parseFailure(error: unknown, errorType?: unknown): Failure | undefined {
  if (error === undefined || error === null || error === "" || error === false) return undefined;
  const record = isRecord(error) ? error : {};
  const message = firstText(typeof error === "string" ? error : undefined, record.message, record.error, record.msg);
  return {
    reason: detail(firstText(errorType, record.error_type, record.type, record.code) ?? "unknown"),
    message: detail(message ?? "the service gave no reason"),
  };
}

/** The error of a job that failed. */
export function failedJob(what: string, { reason, message }: Failure): JobFailedError {
  return new JobFailedError(`${what}: ${message} (${reason}).`, { reason });
}

function firstText(...values: unknown[]): string | undefined {
  return values.map(textOf).find((text) => text !== undefined);
}
