import type { Paint } from "../output/color.ts";
import { PrintableStream } from "../output/printable-stream.ts";
import { PLAIN, type Row } from "./cell.ts";
import { type InlineOptions, inlineCells } from "./inline.ts";
import { closesFence, type Fence, fenceOf, isTableLine, isUndecided } from "./line-frame.ts";
import { type LinePart, type LineRows, lineRows, restOf } from "./line-rows.ts";
import { RowPainter } from "./row-painter.ts";
import { tableRows } from "./table-rows.ts";
import { wrapWords } from "./wrap.ts";

export interface MarkdownStreamOptions {
  /** Of the terminal, asked for at each line: people resize it. */
  size: () => { columns: number; rows: number };
  paint: Paint;
  /** Whether marks become styles; else they stay as they are, in lines that are broken between words. */
  isStyled: boolean;
  /** Whether the terminal shows links. */
  hasLinks: boolean;
}

/** A mark farther from its other half than this stays as it is. */
const LOOKAHEAD = 600;
/** A line that is longer is given out in parts, so that each piece of it costs as much as the first. */
const LONG_LINE = 2_000;

/**
 * Markdown that comes in pieces, as a terminal shows it. Each piece is visible at once; until its line has ended, what is
 * shown of that line may be drawn anew. However the text is cut into pieces, in the end the same is seen.
 * @example
 * const markdown = new MarkdownStream(options);
 * for await (const { textDelta } of stream) process.stdout.write(markdown.push(textDelta));
 * process.stdout.write(markdown.end());
 */
export class MarkdownStream {
  readonly #options: MarkdownStreamOptions;
  readonly #printable = new PrintableStream();
  readonly #painter: RowPainter;
  /** The line that has not ended. */
  #line = "";
  /** What is already given out of a long line. */
  #part: LinePart | undefined;
  #fence: Fence | undefined;
  /** Lines of the table that has not ended. */
  #table: string[] = [];
  #width = 0;
  #reach = 0;

  constructor(options: MarkdownStreamOptions) {
    this.#options = options;
    this.#painter = new RowPainter(options.paint);
    this.#measure();
  }

  /** @returns what is to be written */
  push(delta: string): string {
    return this.#take(this.#printable.push(delta));
  }

  /** @returns what is to be written at the end; the cursor stands at the beginning of a row then */
  end(): string {
    const rest = this.#take(this.#printable.end());
    const last = this.#line === "" && this.#part === undefined ? "" : this.#endLine();
    const table = this.#endTable();
    this.#fence = undefined;
    return rest + last + table + this.#painter.finish();
  }

  #take(text: string): string {
    const [first = "", ...others] = text.split("\n");
    let written = this.#add(first);
    for (const line of others) written += this.#endLine() + this.#add(line);
    return written;
  }

  #add(text: string): string {
    if (text === "") return "";
    // all of a long line at once would be drawn, and then cut
    let written = "";
    for (let at = 0; at < text.length; at += LONG_LINE) {
      this.#line += text.slice(at, at + LONG_LINE);
      written += this.#drawOpen();
    }
    return written;
  }

  #drawOpen(): string {
    if (this.#fence === undefined && this.#part === undefined && isUndecided(this.#line)) {
      return this.#painter.draw(this.#tableLines(undefined), this.#reach);
    }
    if (this.#isInTable(this.#line)) return this.#painter.draw(this.#tableLines(this.#line), this.#reach);
    const ended = this.#endTable();
    const { rows, frame } = this.#rowsOf(this.#line, true);
    const written = ended + this.#painter.draw(rows, this.#reach);
    if (this.#line.length > LONG_LINE) this.#cut(rows, frame);
    return written;
  }

  #endLine(): string {
    const line = this.#line;
    const isInTable = this.#isInTable(line);
    let written = isInTable ? "" : this.#endTable();
    if (isInTable) {
      this.#table.push(line);
      written += this.#painter.draw(this.#tableLines(undefined), this.#reach);
    } else {
      const { rows } = this.#rowsOf(line, false);
      written += this.#painter.draw(rows, this.#reach) + this.#painter.finish();
      if (this.#part === undefined) this.#openOrClose(line);
    }
    this.#line = "";
    this.#part = undefined;
    if (!isInTable) this.#measure();
    return written;
  }

  #openOrClose(line: string): void {
    if (this.#fence === undefined) this.#fence = fenceOf(line)?.fence;
    else if (closesFence(line, this.#fence)) this.#fence = undefined;
  }

  #rowsOf(line: string, isOpen: boolean): LineRows {
    const { isStyled } = this.#options;
    return lineRows(line, {
      width: this.#width,
      fence: this.#fence,
      part: this.#part,
      isStyled,
      inline: this.#inline(isOpen),
    });
  }

  #inline(isOpen: boolean): InlineOptions {
    const lookahead = Math.min(LOOKAHEAD, Math.floor((this.#width * Math.max(2, this.#reach - 1)) / 2));
    return { base: PLAIN, isOpen, lookahead, hasLinks: this.#options.hasLinks };
  }

  /** Gives up the rows that cannot change any more. */
  #cut(rows: readonly Row[], frame: LineRows["frame"]): void {
    const cut = restOf(this.#line, rows, frame, this.#inline(true).lookahead);
    if (cut === undefined) return;
    this.#painter.forget(cut.rows);
    this.#line = cut.line;
    this.#part = cut.part;
  }

  #isInTable(line: string): boolean {
    return this.#options.isStyled && this.#fence === undefined && this.#part === undefined && isTableLine(line);
  }

  /** The lines of a table as they are, one below the other: what is seen until its end. */
  #tableLines(open: string | undefined): Row[] {
    const lines = this.#table.map((line) => this.#plainRows(line, false));
    return [...lines, ...(open === undefined ? [] : [this.#plainRows(open, true)])].flat();
  }

  #plainRows(line: string, isOpen: boolean): Row[] {
    return wrapWords(inlineCells(line, 0, this.#inline(isOpen)), this.#width, { first: [], rest: [] });
  }

  /** A table in columns takes the place of its lines, if they are all still there to be replaced. */
  #endTable(): string {
    if (this.#table.length === 0) return "";
    const plain = this.#tableLines(undefined);
    const columns =
      plain.length < this.#reach
        ? tableRows(this.#table, this.#width, (source, style) =>
            inlineCells(source, 0, { ...this.#inline(false), base: style }),
          )
        : undefined;
    this.#table = [];
    const written = this.#painter.draw(columns ?? plain, this.#reach) + this.#painter.finish();
    this.#measure();
    return written;
  }

  /** The last column stays free: terminals differ in what they do once it is written to. */
  #measure(): void {
    const { columns, rows } = this.#options.size();
    this.#width = Math.max(8, columns - 1);
    this.#reach = Math.max(2, rows - 1);
  }
}
