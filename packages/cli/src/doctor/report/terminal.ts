import wrapAnsi from "wrap-ansi";
import type { Output } from "../../output/output.ts";
import { oneLine } from "../../output/printable.ts";
import { cut } from "../../output/table.ts";
import type { Finding } from "../finding.ts";
import { summaryOf } from "./summary.ts";

const MARKS = { holds: ["green", "✓"], differs: ["red", "✗"], unknown: ["yellow", "?"] } as const;
const INDENT = "    ";
/** From so many on, findings with the same reason are told in one line. */
const CROWD = 3;

/** A group as the terminal shows it: a line a finding, and under one that differs what to know of it. */
export function groupText(output: Output, title: string, findings: readonly Finding[]): string {
  const blockers = findings.map((finding) => (finding.status === "unknown" ? finding.blockedBy : undefined));
  const isCrowd = (blocker: string | undefined): blocker is string =>
    blocker !== undefined && blockers.filter((other) => other === blocker).length >= CROWD;
  const lines = findings.flatMap((finding, i) => {
    const blocker = blockers[i];
    if (!isCrowd(blocker)) return findingLines(output, finding);
    // one line for all that wait for the same
    if (blockers.indexOf(blocker) < i) return [];
    const count = blockers.filter((other) => other === blocker).length;
    return findingLines(output, { ...finding, title: count === findings.length ? "all" : `${count} more` });
  });
  return `${output.paint("bold", fitted(output, title))}\n${lines.join("\n")}\n\n`;
}

export function summaryText(output: Output, findings: readonly Finding[]): string {
  const { holds, differs, unknown } = summaryOf(findings);
  const count = (status: keyof typeof MARKS, text: string): string => output.paint(MARKS[status][0], text);
  return `${count("holds", `${holds} hold`)}, ${count(differs > 0 ? "differs" : "holds", `${differs} differ`)}, ${count("unknown", `${unknown} unknown`)}`;
}

function findingLines(output: Output, finding: Finding): string[] {
  const [color, mark] = MARKS[finding.status];
  const note = finding.status === "holds" ? finding.note : finding.status === "unknown" ? finding.why : undefined;
  const whole = oneLine(`${mark} ${finding.title}${note === undefined ? "" : `: ${note}`}`);
  // a reason is read to its end, whereas a note may be cut
  const isReasonBelow = finding.status === "unknown" && fitted(output, whole) !== whole;
  const head = fitted(output, isReasonBelow ? `${mark} ${finding.title}` : whole);
  // the mark alone is coloured, so that what it stands for can be read everywhere
  const line = `  ${output.paint(color, mark)}${head.slice(mark.length)}`;
  if (finding.status === "unknown") {
    const below = [...(isReasonBelow ? [finding.why] : []), finding.advice].filter((text) => text !== undefined);
    return [line, ...below.flatMap((text) => wrapped(output, text))];
  }
  if (finding.status === "holds") return [line];
  return [
    line,
    ...wrapped(output, `expected: ${finding.expected}`),
    ...wrapped(output, `came: ${finding.came}`),
    ...wrapped(output, `do: ${finding.advice}`),
    ...wrapped(output, `(${finding.id}, wire ${finding.wire})`),
  ];
}

/** One line, cut where a terminal is narrower; piped it is whole. */
function fitted(output: Output, text: string): string {
  const line = oneLine(text);
  return output.isTerminal ? cut(line, output.columns - 2) : line;
}

function wrapped(output: Output, text: string): string[] {
  const line = oneLine(text);
  if (!output.isTerminal) return [INDENT + line];
  return wrapAnsi(line, output.columns - INDENT.length, { hard: true })
    .split("\n")
    .map((part) => INDENT + part);
}
