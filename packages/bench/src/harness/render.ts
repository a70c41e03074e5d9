import type { GroupReport, Verdict } from "./measurement.ts";
import type { Spread } from "./statistics.ts";
import { table } from "./table.ts";

/** What a person reads: every number with its unit, and the spread over the rounds. */
export function render(report: GroupReport): string {
  const { group, measurements, ratios, verdicts, notes } = report;
  const parts = [`\n## ${group}\n`];
  if (measurements.length > 0) {
    const rows = measurements.map(({ scenario, contestant, spread, unit }) => [
      scenario,
      contestant,
      ...numbers(spread),
      unit,
    ]);
    parts.push(table(["scenario", "contestant", "median", "min", "max", "unit"], rows));
  }
  if (ratios.length > 0) {
    const rows = ratios.map(({ what, got }) => [what, ...numbers(got)]);
    parts.push(table(["ratio, round by round", "median", "min", "max"], rows));
  }
  if (verdicts.length > 0) parts.push(renderVerdicts(verdicts));
  return [...parts, ...notes.map((note) => `- ${note}`)].join("\n");
}

export function renderVerdicts(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ kind, what, needed, got, unit, isReached }) => [
    isReached ? "reached" : "MISSED",
    kind,
    what,
    `${needed} ${unit}`,
    ...numbers(got),
  ]);
  return table(["", "", "what", "needed", "median", "min", "max"], rows);
}

function numbers({ median, min, max }: Spread): string[] {
  return [median, min, max].map(readable);
}

function readable(value: number): string {
  const digits = Math.abs(value) >= 1000 ? 0 : Math.abs(value) >= 100 ? 1 : Math.abs(value) >= 10 ? 2 : 3;
  return value.toLocaleString("en", { maximumFractionDigits: digits, minimumFractionDigits: digits });
}
