import type { GlobalFlags } from "../global-flags.ts";
import type { Shell, ShellOutput } from "../shell.ts";
import { type Paint, painter, showsColors } from "./color.ts";

/** Where a terminal does not say how wide it is. */
const DEFAULT_COLUMNS = 80;

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

  /** A line for people on stderr; none with `--quiet`. */
  note(line: string): void {
    if (!this.#isQuiet) this.#stderr.write(`${line}\n`);
  }

  /** A line on stderr that `--quiet` does not silence. */
  warn(line: string): void {
    this.#stderr.write(`${line}\n`);
  }

  /** Draws on stderr, without a line break; only where `showsProgress`. */
  draw(text: string): void {
    this.#stderr.write(text);
  }
}
