export interface SplitText {
  text: string;
  reasoning: string;
}

const OPEN = { tag: "<think>", pattern: /<think>/i };
const CLOSE = { tag: "</think>", pattern: /<\/think>/i };

/**
 * Takes `<think>…</think>` (in any letter case, cut anywhere, even inside a tag) out of a streamed text. White space
 * between `</think>` and the next visible character is dropped; nothing else is. What could still become a tag is held
 * back until the next fragment, or the end, decides.
 */
export class ReasoningSplitter {
  #isReasoning = false;
  #isAfterReasoning = false;
  #held = "";
  /** Whether any tag has been seen. */
  hasTags = false;

  push(fragment: string): SplitText {
    // Most fragments have no tag in sight.
    if (this.#held === "" && !fragment.includes("<")) return this.#emit(fragment, { text: "", reasoning: "" });
    const out: SplitText = { text: "", reasoning: "" };
    let rest = this.#held + fragment;
    this.#held = "";
    while (rest !== "") {
      const { tag, pattern } = this.#isReasoning ? CLOSE : OPEN;
      const at = rest.search(pattern);
      if (at === -1) {
        const keep = possibleTagStart(rest, tag);
        this.#emit(rest.slice(0, rest.length - keep), out);
        this.#held = rest.slice(rest.length - keep);
        break;
      }
      this.#emit(rest.slice(0, at), out);
      this.hasTags = true;
      this.#isAfterReasoning = this.#isReasoning;
      this.#isReasoning = !this.#isReasoning;
      rest = rest.slice(at + tag.length);
    }
    return out;
  }

  /** No more is coming: what was held back is plain text after all. */
  end(): SplitText {
    const held = this.#held;
    this.#held = "";
    return this.#emit(held, { text: "", reasoning: "" });
  }

  #emit(part: string, out: SplitText): SplitText {
    if (part === "") return out;
    if (this.#isReasoning) {
      out.reasoning += part;
      return out;
    }
    const text = this.#isAfterReasoning ? part.trimStart() : part;
    if (text !== "") this.#isAfterReasoning = false;
    out.text += text;
    return out;
  }
}

/** Length of the longest end of `text` that a tag could begin with. */
function possibleTagStart(text: string, tag: string): number {
  for (let length = Math.min(text.length, tag.length - 1); length > 0; length--) {
    // Compared piece by piece, since a letter can become longer in lower case (İ).
    if (tag.startsWith(text.slice(text.length - length).toLowerCase())) return length;
  }
  return 0;
}

/** The split of a whole text. */
export function splitReasoning(whole: string): SplitText & { hasTags: boolean } {
  const splitter = new ReasoningSplitter();
  const first = splitter.push(whole);
  const last = splitter.end();
  return { text: first.text + last.text, reasoning: first.reasoning + last.reasoning, hasTags: splitter.hasTags };
}
