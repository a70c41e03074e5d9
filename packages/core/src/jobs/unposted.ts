import { JobFailedError } from "../errors/job-failed-error.ts";
import type { JobHandle } from "../errors/job-handle.ts";
import type { NodeEvent } from "../wire/node-event.ts";
import type { NodeRow } from "../wire/node-row.ts";
import type { JobReader, Verdict } from "./job-reader.ts";
import type { JobRules } from "./job-rules.ts";

type UntouchedRules = Pick<JobRules<unknown, unknown>, "isNodeMadeByService" | "limits">;

/**
 * Whether a job seems never to have been posted, since its process ended between the handing out of the handle and the
 * post: longer ago than any such job may take, and its row is as it was made, or was not made where that is the service's
 * part. A younger one may be on its way.
 */
export function isUnposted(rules: UntouchedRules, handle: JobHandle, row: NodeRow | undefined): boolean {
  const isUntouched = rules.isNodeMadeByService ? row === undefined : row?.data.status === "init";
  return isUntouched && Date.now() - handle.createdAtMs > rules.limits.totalMs;
}

/** Reads the news of a job that is taken up by its handle: of one that was never posted nothing will ever come. */
export class ResumedReader<Result> implements JobReader<Result> {
  readonly #reader: JobReader<Result>;
  readonly #rules: UntouchedRules;
  readonly #handle: JobHandle;
  #hasEvents = false;

  constructor(reader: JobReader<Result>, rules: UntouchedRules, handle: JobHandle) {
    this.#reader = reader;
    this.#rules = rules;
    this.#handle = handle;
  }

  get partial(): string | undefined {
    return this.#reader.partial;
  }

  accept(event: NodeEvent): Verdict<Result> {
    this.#hasEvents = true;
    return this.#reader.accept(event);
  }

  acceptRow(row: NodeRow | undefined): Verdict<Result> {
    const verdict = this.#reader.acceptRow(row);
    const isWaiting = verdict.state === "wait" && !this.#hasEvents;
    if (!isWaiting || !isUnposted(this.#rules, this.#handle, row)) return verdict;
    const since = new Date(this.#handle.createdAtMs).toISOString();
    const message = `wait: the ${this.#handle.kind} job was prepared at ${since} and, as its node shows, never posted. Start it anew, and take its handle from the store with discard().`;
    return { state: "failed", error: new JobFailedError(message, { reason: "unposted" }) };
  }
}
