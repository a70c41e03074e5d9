import stringWidth from "string-width";
import type { Output } from "./output.ts";
import { oneLine } from "./printable.ts";

export interface Column<Row> {
  title: string;
  value: (row: Row) => string | number | null | undefined;
  /** Numbers stand at the right. */
  align?: "left" | "right" | undefined;
  /** The column that gives way where the terminal is narrow; at most one. */
  isFlexible?: boolean | undefined;
}

const GAP = "  ";
const MIN_FLEXIBLE = 8;

const segmenter = new Intl.Segmenter();

/** Cut to so many cells, with a mark where something is missing. */
export function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = "";
  for (const { segment } of segmenter.segment(text)) {
    if (stringWidth(kept + segment) > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

function pad(text: string, width: number, align: "left" | "right" = "left"): string {
  const blanks = " ".repeat(Math.max(0, width - stringWidth(text)));
  return align === "right" ? blanks + text : text + blanks;
}

/** Rows under bold titles, as wide as the terminal; whole where the output is piped. Where not even that fits, each row is a block of lines. */
export function table<Row>(output: Output, columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cells = rows.map((row) => columns.map(({ value }) => oneLine(String(value(row) ?? ""))));
  const widths = columns.map(({ title }, i) =>
    Math.max(stringWidth(title), ...cells.map((row) => stringWidth(row[i] ?? ""))),
  );
  const total = widths.reduce((sum, width) => sum + width, 0) + GAP.length * (columns.length - 1);
  const excess = output.isTerminal ? total - output.columns : 0;
  const flexible = columns.findIndex(({ isFlexible }) => isFlexible);
  const flexibleWidth = widths[flexible] ?? 0;
  if (excess > 0) {
    if (flexibleWidth - excess < MIN_FLEXIBLE) return blocks(output, columns, cells);
    widths[flexible] = flexibleWidth - excess;
  }
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => pad(cut(cell, widths[i] ?? 0), widths[i] ?? 0, columns[i]?.align))
      .join(GAP)
      .trimEnd();
  const header = output.paint("bold", line(columns.map(({ title }) => title)));
  return [header, ...cells.map(line)].join("\n");
}

function blocks<Row>(output: Output, columns: readonly Column<Row>[], cells: readonly string[][]): string {
  return cells
    .map((row) =>
      row
        .map((cell, i) => ({ cell, title: columns[i]?.title ?? "" }))
        .filter(({ cell }) => cell !== "")
        .map(({ cell, title }) => `${output.paint("bold", `${title}:`)} ${cell}`)
        .join("\n"),
    )
    .join("\n\n");
}
