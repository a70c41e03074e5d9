import { type Cell, cellsOf, DIM, type Row } from "../../markdown/cell.ts";
import type { MarkdownStreamOptions } from "../../markdown/markdown-stream.ts";
import { RowPainter } from "../../markdown/row-painter.ts";
import { wrapWords } from "../../markdown/wrap.ts";
import { PrintableStream } from "../../output/printable-stream.ts";

/** So few that all of them can be taken away again when the answer begins. */
const ROWS = 6;

/** What the model thinks, as it comes: its last rows, which make room for one line when it has ended. */
export class ReasoningView {
  readonly #options: MarkdownStreamOptions;
  readonly #painter: RowPainter;
  readonly #printable = new PrintableStream();
  readonly #startedAt = performance.now();
  #tail = "";
  #isOpen = false;

  constructor(options: MarkdownStreamOptions) {
    this.#options = options;
    this.#painter = new RowPainter(options.paint);
  }

  /** @returns what is to be written */
  push(delta: string): string {
    this.#isOpen = true;
    this.#tail = (this.#tail + this.#printable.push(delta)).replace(/^\s+/, "").replace(/\n{2,}/g, "\n");
    const { columns, rows } = this.#options.size();
    const width = Math.max(8, columns - 1);
    const most = Math.max(1, Math.min(ROWS, rows - 3));
    const all = rowsOf(this.#tail, width);
    const shown = all.slice(-most);
    // what has scrolled out of the view is not needed again
    const [first] = shown[0] ?? [];
    if (all.length > most && first !== undefined) this.#tail = this.#tail.slice(first.end - first.text.length);
    return this.#painter.draw(shown, rows - 1);
  }

  /** @returns what is to be written where it is shown: it is folded to one line */
  fold(): string {
    if (!this.#isOpen) return "";
    this.#isOpen = false;
    const seconds = Math.max(1, Math.round((performance.now() - this.#startedAt) / 1_000));
    const line = this.#options.paint("dim", `thought for ${seconds} s, /think shows it`);
    return `${this.#painter.erase(this.#options.size().rows - 1)}${line}\n\n`;
  }
}

function rowsOf(text: string, width: number): Row[] {
  let start = 0;
  return text.split("\n").flatMap((line) => {
    const cells: Cell[] = cellsOf(line, DIM, start);
    start += line.length + 1;
    return wrapWords(cells, width, { first: [], rest: [] });
  });
}
