import { parseFailure } from "../wire/failure.ts";
import { isRecord, otherKind, textOf } from "../wire/parse.ts";
import type { RawRecord } from "../wire/records.ts";
import { isEmptyError } from "./answer-failure.ts";
import { isFileUrl } from "./result-media.ts";
import { throwIfTold } from "./told-failure.ts";

/** How far a task is. */
export interface TaskStatus {
  state: "waiting" | "done" | "failed";
  /** The service's own word. */
  status: string;
  /** Where it is done. */
  url?: string | undefined;
  /** Where it failed. */
  reason?: string | undefined;
  raw: RawRecord;
}

const FAILED = /^(failed|failure|error|cancell?ed|expired|rejected|time(d_?)?out)$/i;
const DONE = /^(completed?|succeeded|success|done|finished)$/i;

/** @throws what the answer tells in place of a status; ResponseShapeError where it has none, or no URL of what is done */
export function taskStatus(raw: RawRecord, label: string): TaskStatus {
  const status = textOf(raw.status);
  if (status === undefined) {
    throwIfTold(label, raw, false);
    throw otherKind(`${label} answered with`, "no status", "one was", raw);
  }
  if (FAILED.test(status)) {
    const told = isEmptyError(raw.error) ? raw.message : raw.error;
    const { reason, message } = parseFailure(told, raw.error_type) ?? {};
    return { state: "failed", status, reason: reason === "unknown" ? message : (reason ?? "unknown"), raw };
  }
  const url = urlOf(raw);
  // What is merely called ready may be ready to be begun.
  const isReady = /^ready$/i.test(status) && url !== undefined;
  if (!isReady && !DONE.test(status)) return { state: "waiting", status, raw };
  if (url === undefined) throw otherKind(`${label} answered with`, "a completed task without a URL", "one was", raw);
  return { state: "done", status, url, raw };
}

/** The part of an answer that says something: `data`, or the whole of it. @throws ResponseShapeError */
export function dataOf(answer: unknown, label: string): RawRecord {
  if (!isRecord(answer)) throw otherKind(`${label} answered with`, "no object", "one was", answer);
  return isRecord(answer.data) ? { ...answer, ...answer.data } : answer;
}

/** The address of what was made; a part of one is none. */
export function urlOf(raw: RawRecord): string | undefined {
  return [raw, raw.output, raw.result].map(namedUrl).find((url) => url !== undefined);
}

function namedUrl(part: unknown): string | undefined {
  if (!isRecord(part)) return undefined;
  return [part.url, part.video_url, part.audio_url, part.model_url]
    .map(textOf)
    .find((url) => url !== undefined && isFileUrl(url));
}

/** A number, also one that came as text. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}
