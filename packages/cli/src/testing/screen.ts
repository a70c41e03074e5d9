import stringWidth from "string-width";

const segmenter = new Intl.Segmenter();
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a terminal is told by
const sequence = /^\u001b(?:\[([?>]?)([\d;]*)([A-Za-z~])|\]([^\u0007\u001b]*)(?:\u0007|\u001b\\))/;

/** What a terminal shows of what is written to it: as much of one as the program uses. */
export class Screen {
  readonly #columns: number;
  readonly #rows: number;
  readonly #lines: string[][] = [[]];
  #row = 0;
  #column = 0;
  /** Addresses of links that were shown. */
  readonly links: string[] = [];

  constructor(columns: number, rows = 24) {
    this.#columns = columns;
    this.#rows = rows;
  }

  static of(text: string, columns: number, rows?: number): string[] {
    const screen = new Screen(columns, rows);
    screen.write(text);
    return screen.lines;
  }

  /** All that was shown, what has scrolled away too, without blanks at the ends of lines. */
  get lines(): string[] {
    return this.#lines.map((line) =>
      Array.from(line, (cell) => cell ?? " ")
        .join("")
        .trimEnd(),
    );
  }

  write(text: string): void {
    for (let rest = text; rest !== ""; ) {
      const found = sequence.exec(rest);
      if (found !== null) {
        this.#obey(found);
        rest = rest.slice(found[0].length);
        continue;
      }
      if (rest.startsWith("\u001b")) throw new Error(`The screen does not know ${JSON.stringify(rest.slice(0, 10))}.`);
      const end = rest.indexOf("\u001b");
      const plain = end === -1 ? rest : rest.slice(0, end);
      for (const { segment } of segmenter.segment(plain)) this.#show(segment);
      rest = rest.slice(plain.length);
    }
  }

  #show(segment: string): void {
    if (segment.startsWith("\r")) this.#column = 0;
    if (segment.endsWith("\n")) {
      this.#down();
      this.#column = 0;
    }
    if (/^[\r\n]/.test(segment)) return;
    const width = stringWidth(segment);
    if (this.#column + width > this.#columns) {
      this.#down();
      this.#column = 0;
    }
    const line = this.#line(this.#row);
    line[this.#column] = segment;
    for (let i = 1; i < width; i += 1) line[this.#column + i] = "";
    this.#column += width;
  }

  #obey([, , numbers = "", command, osc]: RegExpExecArray): void {
    const count = Number(numbers.split(";")[0] || "0");
    const line = this.#line(this.#row);
    if (osc?.startsWith("8;;") && osc.length > 3) this.links.push(osc.slice(3));
    if (command === "A") this.#row = Math.max(this.#row - Math.max(1, count), this.#lines.length - this.#rows, 0);
    if (command === "B") this.#row = Math.min(this.#row + Math.max(1, count), this.#lines.length - 1);
    if (command === "C") this.#column += Math.max(1, count);
    if (command === "D") this.#column = Math.max(0, this.#column - Math.max(1, count));
    if (command === "G") this.#column = Math.max(1, count) - 1;
    if (command === "K") line.splice(count === 2 ? 0 : this.#column);
    if (command === "J") {
      line.splice(this.#column);
      this.#lines.splice(this.#row + 1);
    }
  }

  #down(): void {
    this.#row += 1;
    this.#line(this.#row);
  }

  #line(row: number): string[] {
    while (this.#lines.length <= row) this.#lines.push([]);
    return this.#lines[row] ?? [];
  }
}
