import stringWidth from "string-width";

/** What the renderer puts on a text. */
export type TextFormat = "bold" | "italic" | "underline" | "strikethrough" | "dim" | "cyan" | "yellow";

export interface Style {
  readonly formats: readonly TextFormat[];
  /** Where it leads to, for terminals that show links. */
  readonly link?: string | undefined;
}

/** One character as a person sees it, with how much room it takes. */
export interface Cell {
  readonly text: string;
  readonly width: number;
  readonly style: Style;
  /** Where it ends in the line of Markdown that it comes from. */
  readonly end: number;
}

export type Row = readonly Cell[];

export const PLAIN: Style = { formats: [] };
export const DIM: Style = { formats: ["dim"] };

const TAB = "    ";
const segmenter = new Intl.Segmenter();
const isAscii = /^[\u0020-\u007e]*$/;

/** @param start where the text begins in its line */
export function cellsOf(text: string, style: Style, start: number): Cell[] {
  if (isAscii.test(text))
    return [...text].map((character, i) => ({ text: character, width: 1, style, end: start + i + 1 }));
  return [...segmenter.segment(text)].map(({ segment, index }) => {
    const shown = segment === "\t" ? TAB : segment;
    return { text: shown, width: stringWidth(shown), style, end: start + index + segment.length };
  });
}

export function widthOf(row: Row): number {
  return row.reduce((sum, { width }) => sum + width, 0);
}

export function isSameStyle(a: Style, b: Style): boolean {
  return a === b || (a.link === b.link && a.formats.join() === b.formats.join());
}
