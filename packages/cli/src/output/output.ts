import type { GlobalFlags } from "../global-flags.ts";
import type { Shell, ShellOutput } from "../shell.ts";
import { type Paint, painter, showsColors } from "./color.ts";
import { wrapped } from "./wrapped.ts";

/** Where a terminal does not say how wide it is. */
const DEFAULT_COLUMNS = 80;
const CLEAR_LINE = "\r\u001b[2K";
/** What ends at the beginning of a row; styles may be put back behind it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const endsRow = /\n(?:\u001b\[[\d;]*m)*$/;

/** What a command says: results on stdout, everything else on stderr. */
export class Output {
  readonly isJson: boolean;
  /** Styles for stdout. */
  readonly paint: Paint;
  /** Styles for stderr. */
  readonly paintNote: Paint;
  readonly #stdout: ShellOutput;
  readonly #stderr: ShellOutput;
  readonly #isQuiet: boolean;
  readonly #signal: AbortSignal;
  /** A terminal's row that was begun and is not ended: what comes next from elsewhere would stand in the middle of it. */
  #openRow: "drawn" | "stdout" | "stderr" | undefined;

  constructor(shell: Shell, flags: Pick<GlobalFlags, "json" | "color" | "quiet">) {
    this.isJson = flags.json ?? false;
    this.#stdout = shell.stdout;
    this.#stderr = shell.stderr;
    this.#isQuiet = flags.quiet ?? false;
    this.#signal = shell.signal;
    this.paint = painter(showsColors(shell.stdout, shell.env, flags.color));
    this.paintNote = painter(showsColors(shell.stderr, shell.env, flags.color));
  }

  /** Whether a person looks at stdout. */
  get isTerminal(): boolean {
    return this.#stdout.isTTY === true;
  }

  /** Whether progress may be drawn: a person looks at stderr, and wants to be told. */
  get showsProgress(): boolean {
    return this.#stderr.isTTY === true && !this.#isQuiet && !this.isJson;
  }

  /** Of stdout, in cells. */
  get columns(): number {
    return this.#stdout.columns ?? DEFAULT_COLUMNS;
  }

  /** Of stderr, in cells. */
  get noteColumns(): number {
    return this.#stderr.columns ?? DEFAULT_COLUMNS;
  }

  /** A result: with `--json` the value as one line, else what is made of it for people (an empty one: nothing). */
  result(value: unknown, forPeople: () => string): Promise<void> {
    const text = this.isJson ? JSON.stringify(value) : forPeople();
    return text === "" ? Promise.resolve() : this.write(`${text}\n`);
  }

  /** Text to stdout as it is; resolves when there is room for more, so that a slow reader slows the work. */
  write(text: string | Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#signal.aborted) {
        reject(this.#signal.reason);
        return;
      }
      this.#begin("stdout", text);
      const onAbort = (): void => reject(this.#signal.reason);
      this.#signal.addEventListener("abort", onAbort, { once: true });
      this.#stdout.write(text, (error) => {
        this.#signal.removeEventListener("abort", onAbort);
        // a broken pipe aborts the signal by itself
        if (error) reject(error);
        else resolve();
      });
    });
  }

  /** A line for people on stderr; none with `--quiet`. With `--json` it is `{"note"}`, since all of stderr is JSON then. */
  note(line: string): void {
    if (!this.#isQuiet) this.warn(line);
  }

  /** A line on stderr that `--quiet` does not silence. */
  warn(line: string): void {
    if (this.isJson) this.report({ note: line });
    else this.line(wrapped(line, this.#stderr));
  }

  /** A line of JSON on stderr, for programs. */
  report(value: Readonly<Record<string, unknown>>): void {
    this.line(JSON.stringify(value));
  }

  /** A line on stderr as it is, in a row of its own. */
  line(text: string): void {
    if (this.#stderr.isTTY === true) this.endRow();
    this.#stderr.write(`${text}\n`);
  }

  /** Text to stderr as it is, without a line break. */
  draw(text: string): void {
    this.#begin("stderr", text);
    this.#stderr.write(text);
  }

  /** Draws the one line of progress anew, or takes it away by an empty one; only where `showsProgress`. */
  drawLine(line: string): void {
    if (this.#openRow !== "drawn") {
      if (line === "") return;
      this.endRow();
    }
    this.#stderr.write(`${CLEAR_LINE}${line}`);
    this.#openRow = line === "" ? undefined : "drawn";
  }

  /** On a terminal, goes to the beginning of a row: ends the one that is open, takes away a line of progress. */
  endRow(): void {
    const open = this.#openRow;
    this.#openRow = undefined;
    if (open === "drawn") this.#stderr.write(CLEAR_LINE);
    else if (open !== undefined) (open === "stdout" ? this.#stdout : this.#stderr).write("\n");
  }

  #begin(name: "stdout" | "stderr", text: string | Uint8Array): void {
    if (text.length === 0) return;
    if (this.#openRow === "drawn") {
      // where stdout goes elsewhere, the line does not stand in its way
      if (name === "stdout" && !this.isTerminal) return;
      this.endRow();
    }
    const stream = name === "stdout" ? this.#stdout : this.#stderr;
    if (stream.isTTY !== true) return;
    if (this.#openRow !== name) this.endRow();
    this.#openRow = typeof text !== "string" || endsRow.test(text) ? undefined : name;
  }
}
