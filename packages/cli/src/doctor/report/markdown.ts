import type { Finding } from "../finding.ts";
import { summaryOf } from "./summary.ts";

/** What a report says of the run itself. */
export interface ReportHead {
  version: string;
  node: string;
  system: string;
  at: string;
  edgeHost: string;
  supabaseHost: string;
  /** The options that decide what was tried. */
  options: string;
}

const MARKS = { holds: "✓", differs: "✗", unknown: "?" } as const;

/** A report that can be attached to an issue: of a reader that knows nothing of the run. */
export function markdownReport(head: ReportHead, findings: readonly Finding[]): string {
  const { holds, differs, unknown } = summaryOf(findings);
  const groups = [...new Set(findings.map(({ group }) => group))];
  const bad = findings.filter(({ status }) => status === "differs");
  return [
    "# flowith doctor",
    "",
    `${holds} hold, ${differs} differ, ${unknown} unknown. Ids, addresses, tokens and texts of the user are replaced.`,
    "",
    `- flowith ${head.version}, Node ${head.node}, ${head.system}, ${head.at}`,
    `- edge ${head.edgeHost}, Supabase ${head.supabaseHost}`,
    `- options: ${head.options || "none"}`,
    "",
    ...(bad.length === 0 ? [] : ["## What differs", "", ...bad.flatMap(differing)]),
    ...groups.flatMap((group) => [
      `## ${cell(group)}`,
      "",
      "|   | fact | wire | id | what came |",
      "| - | ---- | ---- | -- | --------- |",
      ...findings.filter((finding) => finding.group === group).map(row),
      "",
    ]),
  ].join("\n");
}

function differing(finding: Finding): string[] {
  if (finding.status !== "differs") return [];
  const { title, wire, id, expected, came, advice } = finding;
  return [
    `### ${inline(title)} (\`${id}\`, wire ${wire})`,
    "",
    `- expected: ${inline(expected)}`,
    `- came: ${inline(came)}`,
    `- what to do: ${inline(advice)}`,
    "",
  ];
}

function row(finding: Finding): string {
  const what =
    finding.status === "holds" ? (finding.note ?? "") : finding.status === "unknown" ? finding.why : finding.came;
  return `| ${MARKS[finding.status]} | ${cell(finding.title)} | ${finding.wire} | \`${finding.id}\` | ${cell(what)} |`;
}

/** As text and nothing else: answers may hold what Markdown and HTML obey. */
function inline(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\<>[\]*_#|]/g, "\\$&")
    .trim();
}

const cell = inline;
