import { createInterface, type Interface } from "node:readline/promises";
import type { Output } from "../../../output/output.ts";
import type { Shell } from "../../../shell.ts";
import { HeldInput } from "./held-input.ts";
import type { HistoryFile } from "./history-file.ts";
import { marked, unmarked } from "./pasted-marks.ts";

const PASTE_ON = "\u001b[?2004h";
const PASTE_OFF = "\u001b[?2004l";
const QUOTE = '"""';

export interface MessageReaderOptions {
  shell: Shell;
  output: Output;
  /** Undefined: what is typed is remembered until the end only. */
  history: HistoryFile | undefined;
  /** What may stand in place of the last part of a line, and that part. */
  complete: (line: string) => Promise<[string[], string]>;
}

type Line = { kind: "line"; text: string } | { kind: "cleared" } | { kind: "end" };

/** Reads messages of one or several lines from a terminal. */
export class MessageReader implements Disposable {
  readonly input: HeldInput;
  readonly #output: Output;
  readonly #shell: Shell;
  readonly #history: HistoryFile | undefined;
  readonly #readline: Interface;
  readonly #release: () => void;
  readonly #onAbort = (): void => this.#readline.close();
  /** readline's own, newest first. */
  #recent: string[];
  #settle: ((line: Line) => void) | undefined;
  #isContinued = false;
  #isWarned = false;
  #isClosed = false;

  private constructor({ shell, output, history, complete }: MessageReaderOptions, recent: string[]) {
    this.#shell = shell;
    this.#output = output;
    this.#history = history;
    this.#recent = recent;
    this.input = new HeldInput(shell.stdin);
    this.#readline = createInterface({
      input: this.input.stream,
      output: shell.stdout,
      terminal: true,
      history: recent,
      historySize: 1_000,
      completer: complete,
    });
    this.#readline.on("line", (text) => this.#end({ kind: "line", text }));
    this.#readline.on("SIGINT", () => this.#interrupt());
    this.#readline.on("close", () => {
      this.#isClosed = true;
      // Ctrl-D leaves the cursor behind the prompt, and a signal leaves it anywhere
      if (this.#settle !== undefined || shell.signal.aborted) shell.stdout.write("\n");
      this.#end({ kind: "end" });
    });
    this.#readline.on("history", (lines) => {
      // single lines are no messages; whole ones are put there when they are complete
      lines.shift();
      this.#recent = lines;
    });
    const release = shell.onInterrupt(() => {
      if (this.#settle === undefined) this.input.onInterrupt?.();
      else this.#interrupt();
    });
    this.#release = release;
    shell.signal.addEventListener("abort", this.#onAbort, { once: true });
    shell.stdout.write(PASTE_ON);
  }

  static async open(options: MessageReaderOptions): Promise<MessageReader> {
    return new MessageReader(options, (await options.history?.load()) ?? []);
  }

  /** @returns undefined where the person ends the chat; the reason of the shell's signal is thrown */
  async read(): Promise<string | undefined> {
    const lines: string[] = [];
    let isQuoted = false;
    for (;;) {
      this.#isContinued = lines.length > 0 || isQuoted;
      const line = await this.#line();
      this.#shell.signal.throwIfAborted();
      if (line.kind === "end") return undefined;
      if (line.kind === "cleared") {
        lines.length = 0;
        isQuoted = false;
        continue;
      }
      let { text } = line;
      if (!this.#isContinued && text.trimStart().startsWith(QUOTE)) {
        isQuoted = true;
        text = text.trimStart().slice(QUOTE.length);
      }
      const isLast = isQuoted ? text.trimEnd().endsWith(QUOTE) : !/(?:^|[^\\])\\$/.test(text);
      if (isQuoted) lines.push(isLast ? text.trimEnd().slice(0, -QUOTE.length) : text);
      else lines.push(isLast ? text : text.slice(0, -1));
      if (!isLast) continue;
      const message = lines.join("\n").replace(/^\n+|\s+$/g, "");
      if (message === "") {
        lines.length = 0;
        isQuoted = false;
        continue;
      }
      await this.#remember(marked(message));
      return unmarked(message);
    }
  }

  [Symbol.dispose](): void {
    this.#release();
    this.#shell.signal.removeEventListener("abort", this.#onAbort);
    this.#readline.close();
    this.input.close();
    this.#shell.stdout.write(PASTE_OFF);
  }

  #line(): Promise<Line> {
    if (this.#isClosed) return Promise.resolve({ kind: "end" });
    const { promise, resolve } = Promise.withResolvers<Line>();
    this.#settle = resolve;
    this.#readline.setPrompt(this.#output.paint("cyan", this.#isContinued ? "… " : "› "));
    this.#readline.prompt();
    this.input.release();
    return promise;
  }

  #end(line: Line): void {
    const settle = this.#settle;
    this.#settle = undefined;
    if (line.kind === "line" && line.text.trim() !== "") this.#isWarned = false;
    this.input.hold();
    settle?.(line);
  }

  /** Clears what is typed; where nothing is, the second time ends the chat. */
  #interrupt(): void {
    if (this.#settle === undefined) return;
    if (this.#readline.line !== "" || this.#isContinued) {
      this.#isWarned = false;
      this.#readline.write(null, { ctrl: true, name: "e" });
      this.#readline.write(null, { ctrl: true, name: "u" });
      if (!this.#isContinued) return;
      this.#shell.stdout.write("\n");
      this.#end({ kind: "cleared" });
      return;
    }
    this.#shell.stdout.write("\n");
    if (this.#isWarned) {
      this.#end({ kind: "end" });
      return;
    }
    this.#isWarned = true;
    this.#shell.stdout.write(`${this.#output.paint("dim", "Ctrl-C again, or Ctrl-D, ends the chat.")}\n`);
    this.#readline.prompt();
  }

  async #remember(message: string): Promise<void> {
    const at = this.#recent.indexOf(message);
    if (at !== -1) this.#recent.splice(at, 1);
    this.#recent.unshift(message);
    await this.#history?.add(message);
  }
}
