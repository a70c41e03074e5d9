import type { ExitCode } from "../exit-codes.ts";
import type { EndedLine, LineError } from "./result-line.ts";

/** A line whose job failed, or whose picture or clip could not be saved. */
export interface FailedLine {
  id: string;
  line: number;
  code: string;
  message: string;
}

/** How a run has gone so far. */
export class Tally {
  /** Lines of the input. */
  readonly total: number;
  /** That had a result before this run. */
  readonly before: number;
  fulfilled = 0;
  rejected = 0;
  skipped = 0;
  /** Of those that are fulfilled: jobs that an earlier run had started. */
  resumed = 0;
  readonly failed: FailedLine[] = [];
  /** How a program would end with each of these failures alone. */
  readonly exitCodes: ExitCode[] = [];
  /** Why lines were not started. */
  skippedFor: LineError | undefined;
  /** Under way, as far as is known. */
  readonly running: Set<string> = new Set();
  isOutOfCredits = false;
  isSignedOut = false;
  /** What is left, at the start and when it was last asked; undefined where it could not be had. */
  creditsAtStart: number | undefined;
  creditsLeft: number | undefined;
  readonly #startedAtMs: number = performance.now();

  constructor(total: number, before: number) {
    this.total = total;
    this.before = before;
  }

  count(line: number, { told, exitCode }: EndedLine, isResumed: boolean): void {
    const { id, status, error } = told;
    this.running.delete(id);
    this[status] += 1;
    if (status === "fulfilled" && isResumed) this.resumed += 1;
    if (error === undefined) return;
    if (status === "skipped") this.skippedFor ??= error;
    else this.failed.push({ id, line, code: error.code, message: error.message });
    if (exitCode !== undefined) this.exitCodes.push(exitCode);
    if (error.code === "insufficient_credits" || error.reason === "insufficient_credits") this.isOutOfCredits = true;
    if (error.code === "authentication") this.isSignedOut = true;
  }

  /** Lines that have a result, of this run or before. */
  get done(): number {
    return this.before + this.fulfilled;
  }

  /** Of this run, however they ended. */
  get ended(): number {
    return this.fulfilled + this.rejected + this.skipped;
  }

  get seconds(): number {
    return Math.max(0.001, (performance.now() - this.#startedAtMs) / 1_000);
  }

  get creditsSpent(): number | undefined {
    if (this.creditsAtStart === undefined || this.creditsLeft === undefined) return undefined;
    // what was granted in between would make it negative
    return Math.max(0, this.creditsAtStart - this.creditsLeft);
  }
}
