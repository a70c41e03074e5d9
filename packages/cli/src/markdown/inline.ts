import { type Cell, cellsOf, type Style, type TextFormat } from "./cell.ts";
import { type Piece, piecesOf } from "./inline-pieces.ts";

export interface InlineOptions {
  base: Style;
  /** More of the line may come: what is begun is shown as if it were closed. */
  isOpen: boolean;
  /** How many characters a mark may be from the one that closes it. Rows before that never change again. */
  lookahead: number;
  /** Whether the terminal shows links; else the address stands behind the text. */
  hasLinks: boolean;
}

/** The text of a line with its marks for bold, italics, code and links made into styles. */
export function inlineCells(source: string, start: number, options: InlineOptions): Cell[] {
  // the next character decides what a mark at the end is
  const text = options.isOpen ? source.replace(/[*_~`\\]+$/, "") : source;
  const pieces = piecesOf(text, start, options);
  emphasize(pieces, start + text.length, options);
  return pieces.flatMap((piece) => cellsOf(piece.text, styleOf(piece, options.base), piece.start));
}

function styleOf({ formats, link }: Piece, base: Style): Style {
  if (formats.length === 0 && link === undefined) return base;
  return { formats: [...new Set([...base.formats, ...formats])], link };
}

function formatsOf(char: string, count: number): TextFormat {
  if (char === "~") return "strikethrough";
  return count === 2 ? "bold" : "italic";
}

interface Opener {
  piece: Piece;
  index: number;
}

/** CommonMark's way with delimiters, without its rules for rare nestings. */
function emphasize(pieces: Piece[], end: number, { isOpen, lookahead }: InlineOptions): void {
  const openers: Opener[] = [];
  for (const [index, piece] of pieces.entries()) {
    const { delimiter } = piece;
    if (delimiter === undefined) continue;
    if (delimiter.canClose) close(pieces, openers, index, lookahead);
    if (delimiter.canOpen && piece.text !== "") openers.push({ piece, index });
  }
  if (!isOpen) return;
  for (const { piece, index } of openers) {
    if (end - piece.start > lookahead) continue;
    const char = piece.text.charAt(0);
    if (char === "~" && piece.text.length !== 2) continue;
    while (piece.text !== "") {
      const count = Math.min(2, piece.text.length);
      for (const inner of pieces.slice(index + 1)) inner.formats.push(formatsOf(char, count));
      piece.text = piece.text.slice(count);
    }
  }
}

function close(pieces: Piece[], openers: Opener[], index: number, lookahead: number): void {
  const closer = pieces[index];
  while (closer !== undefined && closer.text !== "") {
    const char = closer.text.charAt(0);
    const at = openers.findLastIndex(
      ({ piece }) =>
        piece.text.startsWith(char) &&
        closer.start - piece.start <= lookahead &&
        (char !== "~" || (piece.text.length === 2 && closer.text.length === 2)),
    );
    const opener = openers[at];
    if (opener === undefined) return;
    const count = Math.min(2, opener.piece.text.length, closer.text.length);
    for (const inner of pieces.slice(opener.index + 1, index)) inner.formats.push(formatsOf(char, count));
    opener.piece.text = opener.piece.text.slice(count);
    closer.text = closer.text.slice(count);
    openers.splice(opener.piece.text === "" ? at : at + 1);
  }
}
