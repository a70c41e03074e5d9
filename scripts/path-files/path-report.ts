import { table } from "../../packages/bench/src/harness/table.ts";
import type { RanFunction } from "./function-coverage.ts";
import type { PathRun } from "./paths.ts";

/** What a shorter function does, its name and its types say. */
const MOST_LINES_UNREAD = 7;

export const DEFINITIONS = `\
- A function runs when V8 counts a call of it: in the built packages core, supabase and sdk (its Node entry), by their source maps. What a module does when it is loaded is none.
- A file runs when a function of it does, while the client is made or in the call.
- A file has to be opened when the call runs a function of it that is longer than ${MOST_LINES_UNREAD} lines: what a shorter one does, its name says.
`;

export interface FileReport {
  file: string;
  /** Names, in the order of the file; what only the client's making runs is there as well. */
  functions: string[];
  /** The lines of the longest function that the call ran; 0 where only the client's making ran any. */
  longestLines: number;
  hasToBeOpened: boolean;
}

export interface PathReport {
  path: string;
  what: string;
  files: FileReport[];
  totals: { filesThatRun: number; functions: number; filesToOpen: number };
}

export function pathReport(path: string, what: string, { construction, call }: PathRun): PathReport {
  const all = new Map([...construction, ...call].map((ran) => [ran.id, ran]));
  const byFile = Map.groupBy(all.values(), ({ file }) => file);
  const callByFile = Map.groupBy(call, ({ file }) => file);
  const files = [...byFile]
    .map(([file, ran]) => fileReport(file, ran, callByFile.get(file) ?? []))
    .toSorted((one, other) => (one.file < other.file ? -1 : 1));
  const filesToOpen = files.filter(({ hasToBeOpened }) => hasToBeOpened).length;
  return { path, what, files, totals: { filesThatRun: files.length, functions: all.size, filesToOpen } };
}

function fileReport(file: string, ran: readonly RanFunction[], called: readonly RanFunction[]): FileReport {
  const longestLines = Math.max(0, ...called.map(({ lines }) => lines));
  const functions = ran.map(({ name }) => name);
  return { file, functions, longestLines, hasToBeOpened: longestLines > MOST_LINES_UNREAD };
}

export function renderPath({ path, what, files, totals }: PathReport): string {
  const rows = files.map(({ file, functions, longestLines, hasToBeOpened }) => [
    file,
    hasToBeOpened ? "yes" : "",
    longestLines === 0 ? "" : String(longestLines),
    String(functions.length),
    counted(functions),
  ]);
  const { filesThatRun, functions, filesToOpen } = totals;
  return [
    `\n## ${path}\n`,
    `${what}\n`,
    table(["file", "open", "longest", "functions", "that ran"], rows),
    `${filesThatRun} files run, ${functions} functions; ${filesToOpen} files have to be opened.\n`,
  ].join("\n");
}

/** Functions of one name, such as those without any, are told once. */
function counted(names: readonly string[]): string {
  return [...Map.groupBy(names, (name) => name)]
    .map(([name, { length }]) => (length === 1 ? name : `${name} × ${length}`))
    .join(", ");
}
