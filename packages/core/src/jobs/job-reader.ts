import type { NodeEvent } from "../wire/node-event.ts";
import type { NodeRow } from "../wire/node-row.ts";

/**
 * What a piece of news means for a job: `wait` for more; `ask` the row, since the stream left something out; `unsettled`:
 * the service has ended the job but the result is not there, so ask for some seconds more and then fail with `error`; or
 * an end.
 */
export type Verdict<Result> =
  | { state: "wait" }
  | { state: "ask" }
  | { state: "unsettled"; error: Error }
  | { state: "done"; result: Result }
  | { state: "failed"; error: Error };

export const WAIT: { state: "wait" } = { state: "wait" };
export const ASK: { state: "ask" } = { state: "ask" };

/** Turns the news of one job into its result. One small implementation a kind of job; it does no I/O. */
export interface JobReader<Result> {
  /** The text so far, for errors; undefined for media. */
  readonly partial: string | undefined;
  accept(event: NodeEvent): Verdict<Result>;
  /** @param row undefined where there is none that this user can see */
  acceptRow(row: NodeRow | undefined): Verdict<Result>;
}
