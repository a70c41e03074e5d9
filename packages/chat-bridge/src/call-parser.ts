import { readCalls, type WrittenCall } from "./read-call.ts";
import { CALL_END, CALL_START } from "./tool-format.ts";

/** What a model's text holds, in order. */
export type TextPiece = { type: "text"; text: string } | WrittenCall;

/** A text that is a call and nothing else, without the marks. */
const BARE = /^\s*(```\w*\s*)?\{\s*"(name|tool|tool_call|function)"/;
/** The beginning of one, which is too short to tell. */
const MAY_BE_BARE = /^\s*(`{0,2}|```\w*\s*|(```\w*\s*)?\{\s*("\w{0,9})?)$/;

/**
 * Reads calls of tools out of a text as it comes. Words before the first call are given on at once, but for what may be the
 * beginning of a call. Words behind a call are left out: a model that goes on there makes up the tool's answer.
 */
export class CallParser {
  readonly #toolNames: ReadonlySet<string>;
  #held = "";
  #isInCall = false;
  #hasCalled = false;
  #mayBeBare = true;

  constructor(toolNames: Iterable<string>) {
    this.#toolNames = new Set(toolNames);
  }

  get hasCalled(): boolean {
    return this.#hasCalled;
  }

  /** @returns what is certain by now */
  push(delta: string): TextPiece[] {
    this.#held += delta;
    if (this.#mayBeBare && (BARE.test(this.#held) || MAY_BE_BARE.test(this.#held))) return [];
    this.#mayBeBare = false;
    const pieces: TextPiece[] = [];
    for (;;) {
      const mark = this.#isInCall ? CALL_END : CALL_START;
      const at = this.#held.indexOf(mark);
      if (at === -1) break;
      const before = this.#held.slice(0, at);
      this.#held = this.#held.slice(at + mark.length);
      pieces.push(...(this.#isInCall ? this.#call(before, CALL_END) : this.#words(withoutFence(before))));
      this.#isInCall = !this.#isInCall;
    }
    if (!this.#isInCall) {
      const certain = certainLength(this.#held);
      pieces.push(...this.#words(this.#held.slice(0, certain)));
      this.#held = this.#held.slice(certain);
    }
    return pieces;
  }

  /**
   * The text has ended as a whole: a call that lacks nothing but its end mark counts.
   * @returns what was held back
   */
  end(): TextPiece[] {
    const rest = this.#held;
    this.#held = "";
    if (this.#isInCall) return this.#call(rest, "");
    if (this.#mayBeBare) {
      const calls = readCalls(rest).filter(({ name }) => this.#toolNames.has(name));
      this.#hasCalled = calls.length > 0;
      if (this.#hasCalled) return calls;
    }
    return this.#words(rest);
  }

  /**
   * The text broke off: a call that is not whole is none.
   * @returns the words that were held back
   */
  cut(): TextPiece[] {
    if (this.#isInCall || (this.#mayBeBare && BARE.test(this.#held))) return [];
    return this.#words(this.#held.slice(0, certainLength(this.#held)));
  }

  #words(text: string): TextPiece[] {
    return text === "" || this.#hasCalled ? [] : [{ type: "text", text }];
  }

  #call(text: string, end: string): TextPiece[] {
    const calls = readCalls(text);
    // No call can be made of it, so it is shown as it was written.
    if (calls.length === 0) return this.#words(`${CALL_START}${text}${end}`);
    this.#hasCalled = true;
    return calls;
  }
}

/** How much of a text cannot belong to a call that begins at its end, nor to a fence or white space before one. */
function certainLength(text: string): number {
  let length = Math.min(CALL_START.length - 1, text.length);
  while (length > 0 && !CALL_START.startsWith(text.slice(-length))) length -= 1;
  return withoutFence(text.slice(0, text.length - length)).length;
}

function withoutFence(text: string): string {
  return text.replace(/\s*(`{1,3}\w*\s*)?$/, "");
}
