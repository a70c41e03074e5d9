import type { FlowithError } from "../errors/flowith-error.ts";
import { responseError } from "../http/response-error.ts";
import { failedJob, parseFailure } from "../wire/failure.ts";
import { isRecord } from "../wire/parse.ts";
import type { RawRecord } from "../wire/records.ts";
import { mentionsCredits } from "../wire/words.ts";
import { refusedKey } from "./refused-key.ts";

/** Words for a failure, of this service and of those behind it, as the statuses that say the same. */
const STATUSES: ReadonlyMap<unknown, number> = new Map([
  ["invalid_api_key", 401],
  ["authentication_error", 401],
  ["insufficient_quota", 402],
  ["insufficient_credits", 402],
  ["no_credits", 402],
  ["permission_error", 403],
  ["model_not_found", 404],
  ["not_found_error", 404],
  ["context_length_exceeded", 422],
  ["rate_limit", 429],
  ["rate_limit_error", 429],
  ["rate_limit_exceeded", 429],
  ["resource_exhausted", 429],
]);

/**
 * The error that an answer tells in place of a text, or behind a part of it: of the class that a status of the same meaning
 * has, else a `JobFailedError` with its reason. Undefined where it tells none.
 * @param event what the error stands in, which may have its code
 */
export function answerFailure(label: string, error: unknown, event: RawRecord): FlowithError | undefined {
  const failure = isEmptyError(error) ? undefined : parseFailure(error);
  if (failure === undefined) return undefined;
  const codes = codesOf(error, event);
  if (codes.some((one) => typeof one === "string" && /content_?(filter|policy)/i.test(one)))
    return failedJob(label, { ...failure, reason: "content_policy" });
  const statuses = codes.map(statusOf).filter((one) => one !== undefined);
  // No waiting helps against a quota that is spent.
  const found = statuses.includes(402) || mentionsCredits(failure.message) ? 402 : statuses[0];
  if (found === undefined) return failedJob(label, failure);
  const headers = new Headers();
  if (found === 401)
    return refusedKey(`${label} answered 401: ${failure.message}.`, { status: 401, headers, body: error });
  return responseError({ kind: "edge", label, status: found, headers, text: JSON.stringify(error) });
}

/** Whether a field for an error tells none: some services send it empty in each event. */
export function isEmptyError(error: unknown): boolean {
  if (typeof error === "object" && error !== null) return Object.keys(error).length === 0;
  return !error;
}

/** Whether the codes beside a message are those of a failure, of this service or of one behind it. */
export function isFailureCode(event: RawRecord): boolean {
  const { code } = event;
  const isWord = typeof code === "string" && code !== "" && !/^(ok|success|[\d.]+)$/i.test(code);
  return isWord || Number(code) >= 400 || codesOf({}, event).some((one) => statusOf(one) !== undefined);
}

/** Whether what refuses a request says that it is a matter of credits: a quota that is spent is told as a 429 too. */
export function isUnpaid(body: unknown): boolean {
  return isRecord(body) && codesOf(body.error ?? body, body).some((code) => statusOf(code) === 402);
}

function codesOf(error: unknown, event: RawRecord): unknown[] {
  const { code, status, type, error_type } = isRecord(error) ? error : { code: error };
  return [code, status, type, error_type, event.code, event.status, event.statusCode, event.error_type];
}

function statusOf(code: unknown): number | undefined {
  const number = Number(code);
  if (Number.isInteger(number) && number >= 400 && number <= 599) return number;
  return typeof code === "string" ? STATUSES.get(code.toLowerCase()) : undefined;
}
