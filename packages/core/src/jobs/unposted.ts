import { JobFailedError } from "../errors/job-failed-error.ts";
import type { JobHandle } from "../errors/job-handle.ts";
import { NotFoundError } from "../errors/not-found-error.ts";
import type { NodeEvent } from "../wire/node-event.ts";
import type { NodeRow } from "../wire/node-row.ts";
import type { JobReader, Verdict } from "./job-reader.ts";
import type { JobRules } from "./job-rules.ts";
import type { PromptAge } from "./prompt-age.ts";

type UntouchedRules = Pick<JobRules<unknown, unknown>, "isNodeMadeByService" | "limits">;

/** Whether a row is as it was made, or was not made where that is the service's part. */
function isUntouched({ isNodeMadeByService }: UntouchedRules, row: NodeRow | undefined): boolean {
  return isNodeMadeByService ? row === undefined : row?.data.status === "init";
}

/**
 * Whether a job seems never to have been posted, since its process ended between the handing out of the handle and the
 * post: its row is untouched, and was, or its prompt's was, made longer ago than any such job may take. A younger one may
 * be on its way.
 * @param ageMs by the service's clock alone: that of a machine may be wrong, and a job that is taken for unposted is paid
 *   for twice. Undefined where it is not known, which proves nothing
 */
export function isUnposted(rules: UntouchedRules, row: NodeRow | undefined, ageMs: number | undefined): boolean {
  return isUntouched(rules, row) && ageMs !== undefined && ageMs > rules.limits.totalMs;
}

/** Of a job whose result was seen, and stands nowhere any more. */
function gone(kind: string, nodeId: string): NotFoundError {
  const message = `wait: the ${kind} job ended with a result, and its node ${nodeId} does not exist any more, or this user cannot see it. Start it anew, and take its handle from the store with discard().`;
  return new NotFoundError(message, { status: 404, headers: new Headers(), body: undefined });
}

/** Reads the news of a job that is taken up by its handle: of one that was never posted nothing will ever come. */
export class ResumedReader<Result> implements JobReader<Result> {
  readonly #reader: JobReader<Result>;
  readonly #rules: UntouchedRules;
  readonly #handle: JobHandle;
  readonly #prompt: Pick<PromptAge, "ms">;
  #hasEvents = false;

  constructor(
    reader: JobReader<Result>,
    job: { rules: UntouchedRules; handle: JobHandle; prompt: Pick<PromptAge, "ms"> },
  ) {
    this.#reader = reader;
    this.#rules = job.rules;
    this.#handle = job.handle;
    this.#prompt = job.prompt;
  }

  get partial(): string | undefined {
    return this.#reader.partial;
  }

  accept(event: NodeEvent): Verdict<Result> {
    this.#hasEvents = true;
    return this.#reader.accept(event);
  }

  acceptRow(row: NodeRow | undefined): Verdict<Result> {
    const { endedAtMs, kind, nodeId } = this.#handle;
    if (row === undefined && endedAtMs !== undefined && !this.#hasEvents)
      return { state: "failed", error: gone(kind, nodeId) };
    const verdict = this.#reader.acceptRow(row);
    if (verdict.state !== "wait" || this.#hasEvents || !isUntouched(this.#rules, row)) return verdict;
    const ageMs = row === undefined ? this.#prompt.ms : row.ageMs;
    if (ageMs === undefined || !isUnposted(this.#rules, row, ageMs)) return verdict;
    const message = `wait: the ${this.#handle.kind} job was prepared ${Math.round(ageMs / 1000)} s ago, by the service's clock, and, as its node shows, never posted. Start it anew, and take its handle from the store with discard().`;
    return { state: "failed", error: new JobFailedError(message, { reason: "unposted" }) };
  }
}
