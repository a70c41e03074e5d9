import type { Paint } from "../output/color.ts";
import { type Cell, isSameStyle, type Row, type Style } from "./cell.ts";

const CLEAR_BELOW = "\r\u001b[J";

/**
 * Draws rows that may still change, by as little as is needed: what is added is written, and only from the first row that
 * differs on they are drawn anew. The cursor stays behind the last character.
 */
export class RowPainter {
  readonly #paint: Paint;
  #rows: readonly Row[] = [];

  constructor(paint: Paint) {
    this.#paint = paint;
  }

  /**
   * @param reach how many rows up the terminal still shows, the last one included
   * @returns what is to be written
   */
  draw(rows: readonly Row[], reach: number): string {
    const before = this.#rows;
    this.#rows = rows;
    const same = rows.findIndex((row, i) => !isSameRow(row, before[i]));
    let from = same === -1 ? rows.length : same;
    const added = this.#added(rows, before, from);
    if (added !== undefined) return added;
    from = Math.max(0, Math.min(from, rows.length - 1), before.length - Math.max(1, reach));
    const up = before.length - 1 - from;
    const move = up > 0 ? `\u001b[${up}A${CLEAR_BELOW}` : CLEAR_BELOW;
    return move + this.#written(rows.slice(from));
  }

  /** Ends the rows as they are. @returns what is to be written */
  finish(): string {
    const hasRows = this.#rows.length > 0;
    this.#rows = [];
    return hasRows ? "\n" : "";
  }

  /** Ends the first rows as they are, and goes on with the others. */
  forget(count: number): void {
    this.#rows = this.#rows.slice(count);
  }

  /** Takes away what was drawn. @returns what is to be written */
  erase(reach: number): string {
    if (this.#rows.length === 0) return "";
    const up = Math.min(this.#rows.length, Math.max(1, reach)) - 1;
    this.#rows = [];
    return up > 0 ? `\u001b[${up}A${CLEAR_BELOW}` : CLEAR_BELOW;
  }

  /** What is to be written where the new rows only go on behind the old ones. */
  #added(rows: readonly Row[], before: readonly Row[], from: number): string | undefined {
    if (before.length === 0) return this.#written(rows);
    const last = before[before.length - 1] ?? [];
    const next = rows[before.length - 1];
    if (from < before.length - 1 || next === undefined || next.length < last.length) return undefined;
    if (!isSameRow(next.slice(0, last.length), last)) return undefined;
    return this.#written([next.slice(last.length), ...rows.slice(before.length)]);
  }

  #written(rows: readonly Row[]): string {
    return rows.map((row) => styled(row, this.#paint)).join("\n");
  }
}

function isSameRow(a: Row, b: Row | undefined): boolean {
  if (b === undefined || a.length !== b.length) return false;
  return a.every((cell, i) => {
    const other = b[i];
    return other !== undefined && cell.text === other.text && isSameStyle(cell.style, other.style);
  });
}

/** A row as the terminal gets it: a run of characters of one style at a time. */
export function styled(row: Row, paint: Paint): string {
  let written = "";
  for (let from = 0; from < row.length; ) {
    const style = row[from]?.style;
    if (style === undefined) break;
    let to = from + 1;
    while (to < row.length && isSameStyle(row[to]?.style ?? style, style)) to += 1;
    written += run(row.slice(from, to), style, paint);
    from = to;
  }
  return written;
}

function run(cells: readonly Cell[], { formats, link }: Style, paint: Paint): string {
  const text = cells.map((cell) => cell.text).join("");
  const painted = formats.length === 0 ? text : paint([...formats], text);
  return link === undefined ? painted : `\u001b]8;;${link}\u001b\\${painted}\u001b]8;;\u001b\\`;
}
