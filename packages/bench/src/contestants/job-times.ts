import type { Counts } from "./control.ts";
import { report } from "./task.ts";

/** In ms since each job was asked for. */
export interface JobTimes {
  firstDeltaMs: number[];
  doneMs: number[];
}

export function reportTimes({ firstDeltaMs, doneMs }: JobTimes, more: Record<string, number>): void {
  report({
    firstDeltaMeanMs: mean(firstDeltaMs),
    firstDeltaMedianMs: median(firstDeltaMs),
    doneMeanMs: mean(doneMs),
    ...more,
  });
}

/** Requests of a job; the event stream, which serves all jobs, is not one of them. */
export function requestsOf({ requests }: Counts): number {
  return Object.entries(requests)
    .filter(([what]) => !what.startsWith("GET /user_stream/"))
    .reduce((sum, [, count]) => sum + count, 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}
