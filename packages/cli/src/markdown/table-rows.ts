import { type Cell, cellsOf, DIM, PLAIN, type Row, type Style, widthOf } from "./cell.ts";
import { wrapWords } from "./wrap.ts";

const delimiterLine = /^\s*\|?(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?\s*$/;
/** Narrower columns hold no words. */
const MIN_COLUMN = 6;
const noIndent = { first: [], rest: [] };

/** Renders the text of one cell. */
export type RenderCell = (source: string, style: Style) => Cell[];

/** The rows of a whole table; undefined where the lines are none. */
export function tableRows(lines: readonly string[], width: number, render: RenderCell): Row[] | undefined {
  const [head, delimiter, ...body] = lines;
  if (head === undefined || delimiter === undefined || !delimiterLine.test(delimiter)) return undefined;
  const aligns = splitCells(delimiter).map((mark) => (/^-+:$/.test(mark) ? "right" : "left"));
  const titles = splitCells(head).map((cell) => render(cell, { formats: ["bold"] }));
  const rows = body.map((line) => splitCells(line).map((cell) => render(cell, PLAIN)));
  const count = Math.max(titles.length, ...rows.map((row) => row.length));
  const natural = Array.from({ length: count }, (_, i) =>
    Math.max(1, ...[titles, ...rows].map((row) => widthOf(row[i] ?? []))),
  );
  const widths = fitted(natural, width - 3 * (count - 1));
  if (widths === undefined) return blocks(titles, rows, width);
  const line = (row: readonly Cell[][]): Row[] => tableLine(row, widths, aligns);
  const rule = cellsOf(widths.map((columnWidth) => "─".repeat(columnWidth)).join("─┼─"), DIM, 0);
  return [...line(titles), rule, ...rows.flatMap(line)];
}

/** The cells of a line; a bar in code or behind a backslash is none that separates. */
function splitCells(line: string): string[] {
  const inner = line
    .trim()
    .replace(/^\|/, "")
    .replace(/(?<!\\)\|$/, "");
  const cells = inner.match(/(?:\\.|`[^`]*`|[^|\\]|\\$)+|(?<=\||^)(?=\||$)/g) ?? [];
  return cells.map((cell) => cell.trim().replaceAll("\\|", "|"));
}

/** Widths that fit, taken from the widest columns; undefined where not even narrow ones do. */
function fitted(natural: readonly number[], room: number): number[] | undefined {
  const widths = [...natural];
  let excess = widths.reduce((sum, width) => sum + width, 0) - room;
  while (excess > 0) {
    const widest = Math.max(...widths);
    if (widest <= MIN_COLUMN) return undefined;
    const next = Math.max(MIN_COLUMN, ...widths.filter((width) => width < widest));
    const wide = widths.filter((width) => width === widest).length;
    const step = Math.min(widest - next, Math.ceil(excess / wide)) || 1;
    for (const [i, width] of widths.entries()) {
      if (width !== widest || excess <= 0) continue;
      const taken = Math.min(step, excess);
      widths[i] = width - taken;
      excess -= taken;
    }
  }
  return widths;
}

function tableLine(row: readonly Cell[][], widths: readonly number[], aligns: readonly string[]): Row[] {
  const columns = widths.map((width, i) => wrapWords(row[i] ?? [], width, noIndent));
  const height = Math.max(...columns.map((column) => column.length));
  const bar = cellsOf(" │ ", DIM, 0);
  return Array.from({ length: height }, (_, at) =>
    columns.flatMap((column, i) => {
      const cell = column[at] ?? [];
      const blanks = cellsOf(" ".repeat(Math.max(0, (widths[i] ?? 0) - widthOf(cell))), PLAIN, 0);
      const padded = aligns[i] === "right" ? [...blanks, ...cell] : [...cell, ...blanks];
      return i === 0 ? padded : [...bar, ...padded];
    }),
  );
}

/** Where the terminal is too narrow: each row as lines of title and value. */
function blocks(titles: readonly Cell[][], rows: readonly Cell[][][], width: number): Row[] {
  const gap = cellsOf(": ", { formats: ["bold"] }, 0);
  return rows.flatMap((row, at) => {
    const lines = row.flatMap((cell, i) => {
      const title = titles[i] ?? [];
      return wrapWords(title.length === 0 ? cell : [...title, ...gap, ...cell], width, noIndent);
    });
    return at === 0 ? lines : [[], ...lines];
  });
}
