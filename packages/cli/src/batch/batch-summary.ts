import type { Output } from "../output/output.ts";
import { oneLine } from "../output/printable.ts";
import { count, duration } from "./amounts.ts";
import type { FailedLine, Tally } from "./tally.ts";

const MOST_SHOWN = 20;

export interface SummaryFacts {
  tally: Tally;
  /** undefined: stdout */
  output: string | undefined;
  /** The output as it was given. */
  place: string | undefined;
  /** What runs the failed lines alone; undefined where the output is stdout. */
  retry: string | undefined;
  /** Lines that this run was not to run. */
  notRun: number;
}

/** What `--json` prints. */
export function summaryJson({ tally, output, retry, notRun }: SummaryFacts): Record<string, unknown> {
  const { total, before, fulfilled, resumed, rejected, skipped, creditsSpent, creditsLeft, seconds } = tally;
  const { failed, skippedFor } = tally;
  return {
    total,
    before,
    fulfilled,
    resumed,
    rejected,
    skipped,
    notRun,
    creditsSpent: creditsSpent ?? null,
    creditsLeft: creditsLeft ?? null,
    seconds: Math.round(seconds * 10) / 10,
    output: output ?? null,
    failed: failed.slice(0, MOST_SHOWN),
    skippedFor: skippedFor === undefined ? null : { code: skippedFor.code, message: skippedFor.message },
    retry: rejected + skipped === 0 ? null : (retry ?? null),
  };
}

/** What a person is told at the end. */
export function tellSummary(output: Output, facts: SummaryFacts): void {
  const { tally, retry, notRun } = facts;
  output.note(headline(facts));
  const { failed, skipped, skippedFor } = tally;
  if (notRun > 0) output.note(`${lines(notRun)} not run; without --only-failed they are.`);
  if (failed.length > 0) output.warn(`${lines(failed.length)} without a result:`);
  tellFailed(output, failed);
  // once nothing starts any more, it is for one reason
  if (skippedFor !== undefined) output.warn(`${lines(skipped)} not started: ${oneLine(skippedFor.message)}`);
  if (failed.length + skipped > 0 && retry !== undefined) output.warn(`To run these alone:\n  ${retry}`);
}

function headline({ tally, place: given }: SummaryFacts): string {
  const { total, done, before, ended, creditsSpent, creditsLeft, seconds } = tally;
  const place = given === undefined ? "" : ` in ${oneLine(given)}`;
  if (ended === 0) return `Nothing to do: ${count(done)} of ${count(total)} lines have their result${place}.`;
  const earlier = before === 0 ? "" : `, ${count(before)} of them from before`;
  const credits =
    creditsSpent === undefined || creditsLeft === undefined
      ? ""
      : `, ${count(creditsSpent)} credits spent, ${count(creditsLeft)} left`;
  return `${count(done)} of ${count(total)} results${place}${earlier}; ${duration(seconds)}${credits}.`;
}

function lines(number: number): string {
  return number === 1 ? "1 line is" : `${count(number)} lines are`;
}

/** What went wrong in the same way is one sentence. */
function tellFailed(output: Output, failed: readonly FailedLine[]): void {
  const byMessage = new Map<string, FailedLine[]>();
  for (const line of failed.toSorted((one, other) => one.line - other.line)) {
    byMessage.set(line.message, [...(byMessage.get(line.message) ?? []), line]);
  }
  const groups = [...byMessage];
  for (const [message, alike] of groups.slice(0, MOST_SHOWN)) {
    const names = alike.slice(0, MOST_SHOWN).map(nameOf).join(", ");
    const more = alike.length - MOST_SHOWN;
    const others = more > 0 ? ` and ${count(more)} more` : "";
    output.warn(`  ${alike.length === 1 ? "line" : "lines"} ${names}${others}: ${oneLine(message)}`);
  }
  const left = groups.slice(MOST_SHOWN).reduce((sum, [, alike]) => sum + alike.length, 0);
  if (left > 0) output.warn(`  and ${count(left)} more`);
}

function nameOf({ line, id }: FailedLine): string {
  return id === String(line) ? id : `${line} (${oneLine(id)})`;
}
