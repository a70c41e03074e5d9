import { printable } from "./printable.ts";

/** The beginning of an escape sequence whose end has not come, or half of what is one character or one line break. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unfinished = /(?:\u001b(?:\[[0-?]*[ -/]*|[\]PX^_][^\u0007\u001b]*(?:\u001b)?|[ -/]*)|\r|[\ud800-\udbff])$/;

/** `printable` for a text that comes in parts, which may cut an escape sequence in two. */
export class PrintableStream {
  #held = "";

  /** @returns what can be shown by now */
  push(delta: string): string {
    const text = this.#held + delta;
    const at = text.search(unfinished);
    this.#held = at === -1 ? "" : text.slice(at);
    return printable(at === -1 ? text : text.slice(0, at));
  }

  /** @returns what was held back */
  end(): string {
    const held = this.#held;
    this.#held = "";
    return printable(held);
  }
}
