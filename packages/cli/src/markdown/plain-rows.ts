import { cellsOf, PLAIN, type Row, type Style } from "./cell.ts";
import { wrapWords } from "./wrap.ts";

/** A text in lines that are broken between words, in one style: for what is no Markdown. */
export function plainRows(text: string, width: number, style: Style = PLAIN): Row[] {
  return text.split("\n").flatMap((line) => wrapWords(cellsOf(line, style, 0), width, { first: [], rest: [] }));
}
