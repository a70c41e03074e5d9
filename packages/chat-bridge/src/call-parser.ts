import { readCalls, type WrittenCall } from "./read-call.ts";
import { CALL_END, CALL_START } from "./tool-format.ts";

/** What a model's text holds, in order. */
export type TextPiece = { type: "text"; text: string } | WrittenCall;

/** A text that is a call and nothing else, without the marks. */
const BARE = /^\s*(```\w*\s*)?\{\s*"(name|tool|tool_call|function)"/;
/** The beginning of one, which is too short to tell. */
const MAY_BE_BARE = /^\s*(`{0,2}|```\w*\s*|(```\w*\s*)?\{\s*("\w{0,9})?)$/;
/** The name that such a text begins with, and whether it is whole. */
const BARE_NAME = /^\s*(?:```\w*\s*)?\{\s*"(?:name|tool)"\s*:\s*"([^"\\]*)("?)/;
/** What a call begins with behind its mark, and what may become that. */
const CALL = /^\s*(?:```\w*\s*)?[{[]/;
const MAY_BE_CALL = /^\s*(?:`{1,2}|```\w*\s*)?$/;

/** A mark that was read, and what stands before it: all of it is given out as it was where no call follows. */
interface OpenMark {
  lead: string;
  isFenced: boolean;
}

/**
 * Reads calls of tools out of a text as it comes. What is no call is given on as it was written, and at once, but for what may
 * be the beginning of a call. Words behind a call are left out: a model that goes on there makes up the tool's answer.
 */
export class CallParser {
  readonly #toolNames: ReadonlySet<string>;
  #held = "";
  #mark: OpenMark | undefined;
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
    if (this.#mayBeBare && this.#isHeldBare()) return [];
    this.#mayBeBare = false;
    return this.#read();
  }

  /**
   * The text has ended as a whole: a call that lacks nothing but its end mark counts.
   * @returns what was held back
   */
  end(): TextPiece[] {
    if (this.#mayBeBare) {
      const calls = readCalls(this.#held, { needsArguments: true });
      if (calls.length > 0 && calls.every(({ name }) => this.#toolNames.has(name))) {
        this.#held = "";
        this.#hasCalled = true;
        return calls;
      }
      this.#mayBeBare = false;
    }
    const pieces = this.#read();
    const rest = this.#held;
    this.#held = "";
    return [...pieces, ...(this.#mark === undefined ? this.#words(rest) : this.#call(this.#mark, rest, ""))];
  }

  /**
   * The text broke off: a call that is not whole is none.
   * @returns the words that were held back
   */
  cut(): TextPiece[] {
    if (this.#mark !== undefined || (this.#mayBeBare && this.#mayNameTool())) return [];
    return this.#words(this.#held.slice(0, certainLength(this.#held)));
  }

  #read(): TextPiece[] {
    const pieces: TextPiece[] = [];
    for (;;) {
      const mark: OpenMark | undefined = this.#mark;
      if (mark === undefined) {
        const at = this.#held.indexOf(CALL_START);
        if (at === -1) break;
        const before = this.#held.slice(0, at);
        const words = withoutFence(before);
        const lead = before.slice(words.length);
        pieces.push(...this.#words(words));
        this.#held = this.#held.slice(at + CALL_START.length);
        this.#mark = { lead, isFenced: lead.includes("`") };
      } else if (!CALL.test(this.#held) && !MAY_BE_CALL.test(this.#held)) {
        this.#mark = undefined;
        pieces.push(...this.#words(`${mark.lead}${CALL_START}`));
      } else {
        const at = this.#held.indexOf(CALL_END);
        if (at === -1) return pieces;
        const body = this.#held.slice(0, at);
        this.#held = this.#held.slice(at + CALL_END.length);
        pieces.push(...this.#call(mark, body, CALL_END));
      }
    }
    const certain = certainLength(this.#held);
    pieces.push(...this.#words(this.#held.slice(0, certain)));
    this.#held = this.#held.slice(certain);
    return pieces;
  }

  /** Whether what has come so far may be a call without marks. */
  #isHeldBare(): boolean {
    if (!BARE.test(this.#held)) return MAY_BE_BARE.test(this.#held);
    const [, name, end] = BARE_NAME.exec(this.#held) ?? [];
    return name === undefined || end === "" || this.#toolNames.has(name);
  }

  /** Whether it does not name another thing. */
  #mayNameTool(): boolean {
    const name = BARE_NAME.exec(this.#held)?.[1];
    return BARE.test(this.#held) && (name === undefined || [...this.#toolNames].some((tool) => tool.startsWith(name)));
  }

  #words(text: string): TextPiece[] {
    return text === "" || this.#hasCalled ? [] : [{ type: "text", text }];
  }

  #call({ lead, isFenced }: OpenMark, body: string, end: string): TextPiece[] {
    this.#mark = undefined;
    const calls = readCalls(body, { needsArguments: false });
    // A tool that is not there is the caller's to refuse, so that the model learns of it; in a fence it is an example.
    const isCall = calls.length > 0 && !(isFenced && calls.some(({ name }) => !this.#toolNames.has(name)));
    if (!isCall) return this.#words(`${lead}${CALL_START}${body}${end}`);
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
