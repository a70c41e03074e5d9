import * as v from "valibot";
import { LEFT_OUT } from "./left-out.ts";

/** How the cases of one group ended in one runtime. */
export interface Cell {
  passed: number;
  failed: number;
  notRun: number;
}

/** Runtime by group of cases: what is before the colon of their ids. */
export type RuntimeTable = Map<string, Map<string, Cell>>;

const cellsSchema = v.record(v.string(), v.object({ passed: v.number(), failed: v.number(), notRun: v.number() }));
const tableSchema = v.record(v.string(), cellsSchema);

export function tableToJson(table: RuntimeTable): string {
  return JSON.stringify(
    Object.fromEntries([...table].map(([runtime, groups]) => [runtime, Object.fromEntries(groups)])),
  );
}

export function tableFromJson(json: string): RuntimeTable {
  const runtimes = v.parse(tableSchema, JSON.parse(json));
  return new Map(Object.entries(runtimes).map(([runtime, groups]) => [runtime, new Map(Object.entries(groups))]));
}

export function groupOf(id: string): string {
  return id.slice(0, id.indexOf(":"));
}

/**
 * The table in Markdown. It holds no numbers of passed cases, so that a new case does not change it. A group has its ✓ only
 * where all its cases passed, but for those that are left out with a reason.
 */
export function renderTable(table: RuntimeTable): string {
  const runtimes = [...table.keys()].sort();
  const groups = [...new Set(runtimes.flatMap((runtime) => [...(table.get(runtime)?.keys() ?? [])]))].sort();
  const notes: string[] = [];
  const cell = (runtime: string, group: string): string => {
    const { passed, failed, notRun } = table.get(runtime)?.get(group) ?? { passed: 0, failed: 0, notRun: 0 };
    if (failed > 0) return `**${failed} failed**`;
    const left = LEFT_OUT.filter((entry) => entry.runtime === runtime && groupOf(entry.id) === group);
    const marks = left.map(({ id, reason }) => {
      const note = `${runtime} leaves out “${id}”: ${reason}`;
      if (!notes.includes(note)) notes.push(note);
      return notes.indexOf(note) + 1;
    });
    const sign = passed > 0 && notRun === 0 ? "✓" : "–";
    return marks.length === 0 ? sign : `${sign} (${marks.join(", ")})`;
  };
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const lines = [
    row(["Cases", ...runtimes]),
    row(["---", ...runtimes.map(() => "---")]),
    ...groups.map((group) => row([group, ...runtimes.map((runtime) => cell(runtime, group))])),
  ];
  if (notes.length > 0) lines.push("", ...notes.map((note, index) => `${index + 1}. ${note}`));
  return `${lines.join("\n")}\n`;
}
