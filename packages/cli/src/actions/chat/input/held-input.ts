import { PassThrough } from "node:stream";
import type { ShellInput } from "../../../shell.ts";
import { marked } from "./pasted-marks.ts";

const PASTE_BEGINS = "\u001b[200~";
const PASTE_ENDS = "\u001b[201~";
const CTRL_C = "\u0003";

/**
 * A terminal's keys, let through one line at a time: what is typed while an answer comes waits for the next prompt, and does
 * not show up in the answer. A pasted text (bracketed paste) becomes one line.
 */
export class HeldInput {
  /** What readline reads. */
  readonly stream: ShellInput;
  /** Called by Ctrl-C while nothing is let through. */
  onInterrupt: (() => void) | undefined;
  readonly #stdin: ShellInput;
  readonly #through = new PassThrough();
  readonly #decoder = new TextDecoder();
  readonly #onData = (chunk: Uint8Array): void => this.#take(this.#decoder.decode(chunk, { stream: true }));
  readonly #onEnd = (): void => void this.#through.end();
  #pending = "";
  #paste: string | undefined;
  #isOpen = false;
  #endsWithReturn = false;

  constructor(stdin: ShellInput) {
    this.#stdin = stdin;
    this.stream = Object.assign(this.#through, {
      isTTY: true,
      setRawMode: (isRaw: boolean) => stdin.setRawMode?.(isRaw),
    });
    stdin.on("data", this.#onData);
    stdin.on("end", this.#onEnd);
    stdin.on("error", this.#onEnd);
  }

  /** Lets the keys of one line through. */
  release(): void {
    this.#isOpen = true;
    this.#flow();
  }

  /** Lets nothing more through. */
  hold(): void {
    this.#isOpen = false;
  }

  close(): void {
    this.#stdin.off("data", this.#onData);
    this.#stdin.off("end", this.#onEnd);
    this.#stdin.pause();
    this.#through.destroy();
  }

  #take(text: string): void {
    this.#pending += this.#endsWithReturn ? text.replace(/^\n/, "") : text;
    this.#endsWithReturn = text.endsWith("\r");
    if (this.#isOpen) this.#flow();
    else this.#look();
  }

  /** Ctrl-C also takes back what was typed before it, as everywhere. */
  #look(): void {
    const at = this.#pending.lastIndexOf(CTRL_C);
    if (at === -1) return;
    this.#pending = this.#pending.slice(at + 1);
    this.onInterrupt?.();
  }

  #flow(): void {
    while (this.#isOpen && this.#pending !== "") {
      if (this.#paste !== undefined) {
        if (!this.#takePaste(this.#paste)) return;
        continue;
      }
      const [keys = ""] = /^[^\r\n]*[\r\n]?/.exec(this.#pending) ?? [];
      const paste = keys.indexOf(PASTE_BEGINS);
      if (paste !== -1) {
        this.#through.write(keys.slice(0, paste));
        this.#pending = this.#pending.slice(paste + PASTE_BEGINS.length);
        this.#paste = "";
        continue;
      }
      const isLine = /[\r\n]$/.test(keys);
      const held = isLine ? 0 : beginningOf(PASTE_BEGINS, keys);
      const through = keys.slice(0, keys.length - held);
      this.#pending = this.#pending.slice(through.length);
      if (isLine) {
        this.#isOpen = false;
        if (keys.endsWith("\r")) this.#pending = this.#pending.replace(/^\n/, "");
      }
      this.#through.write(through);
      if (held > 0) return;
    }
    if (!this.#isOpen) this.#look();
  }

  /** @returns whether the paste has ended */
  #takePaste(before: string): boolean {
    const text = before + this.#pending;
    const end = text.indexOf(PASTE_ENDS);
    this.#pending = end === -1 ? "" : text.slice(end + PASTE_ENDS.length);
    this.#paste = end === -1 ? text : undefined;
    if (end !== -1) this.#through.write(marked(text.slice(0, end)).replace(/␤+$/, ""));
    return end !== -1;
  }
}

/** How much of a sequence a text ends with. The first byte alone is the Escape key, too. */
function beginningOf(sequence: string, text: string): number {
  for (let length = sequence.length - 1; length >= 2; length -= 1) {
    if (text.endsWith(sequence.slice(0, length))) return length;
  }
  return 0;
}
