import { type Cell, type Row, widthOf } from "./cell.ts";

/** What stands before the first row of a line and before those that it goes on in, such as a bullet and blanks. */
export interface Indent {
  first: Row;
  rest: Row;
}

/** Characters of Chinese, Japanese and such stand in two columns, and a row may end behind each of them. */
const mayBreakBetween = (before: Cell, after: Cell): boolean =>
  before.text === " " || before.width > 1 || after.width > 1;

/** Rows that are broken between words; a word that is wider than a row, where the row is full. Nothing but blanks at a break is left out. */
export function wrapWords(cells: Row, width: number, indent: Indent): Row[] {
  return wrap(cells, width, indent, true);
}

/** Rows that are broken where they are full: nothing is left out. */
export function wrapHard(cells: Row, width: number, indent: Indent): Row[] {
  return wrap(cells, width, indent, false);
}

function wrap(cells: Row, width: number, indent: Indent, isByWords: boolean): Row[] {
  const rows: Row[] = [];
  const room = (): number => Math.max(1, width - widthOf(rows.length === 0 ? indent.first : indent.rest));
  let row: Cell[] = [];
  let used = 0;
  const endRow = (next: Cell[]): void => {
    rows.push([...(rows.length === 0 ? indent.first : indent.rest), ...row]);
    row = next;
    used = widthOf(next);
  };
  for (const cell of cells) {
    if (used + cell.width > room() && row.length > 0) {
      if (isByWords && cell.text === " ") {
        endRow([]);
        continue;
      }
      const last = row[row.length - 1];
      const at = !isByWords || (last !== undefined && mayBreakBetween(last, cell)) ? row.length : breakOf(row);
      const next = row.slice(at);
      row = row.slice(0, at);
      endRow(next);
    }
    // what is left of the blanks that a row ended with
    if (isByWords && cell.text === " " && row.length === 0 && rows.length > 0) continue;
    row.push(cell);
    used += cell.width;
  }
  if (row.length > 0 || rows.length === 0) endRow([]);
  return rows;
}

/** Behind the last place where the row may end; its whole length where there is none. */
function breakOf(row: readonly Cell[]): number {
  for (let i = row.length - 1; i > 0; i -= 1) {
    const [before, after] = [row[i - 1], row[i]];
    if (before !== undefined && after !== undefined && mayBreakBetween(before, after)) return i;
  }
  return row.length;
}
