/** What a text of `final` events has become. */
export interface KnowledgeDelta {
  textDelta: string;
  /** What was given out does not begin the text any more: `textDelta` is empty, and the whole text counts. */
  isRevised: boolean;
}

/** Deltas that repeat the whole text from its start are as good as never so long. */
const SURE_LENGTH = 16;

/**
 * The text of a knowledge search. The documentation says that each `final` has the whole text, in practice each is a delta
 * (wire 9): read as whole texts for as long as each begins with the one before, and as deltas from the first that does not.
 */
export class KnowledgeText {
  #text = "";
  /** All as deltas, for as long as it is not sure that they are whole texts. */
  #joined = "";
  #isDeltas = false;
  /** Says again all that came in several deltas: the whole text where nothing follows it, else one more of them. */
  #held = "";

  get text(): string {
    return this.#text;
  }

  push(content: string): KnowledgeDelta {
    const before = this.#text;
    if (content === "") return { textDelta: "", isRevised: false };
    const held = this.#held;
    this.#held = "";
    if (held === "" && this.#isDeltas && before.length < SURE_LENGTH && content === before) {
      this.#held = content;
      return { textDelta: "", isRevised: false };
    }
    // A text is compared with no piece that is shorter, and read as a whole only where that is needed: an answer may come
    // in a hundred thousand pieces.
    const repeats = content.length >= before.length && content.startsWith(before);
    // An equal short one may be the same word again.
    const isSure = repeats && (before.length >= SURE_LENGTH || held !== "");
    this.#joined = isSure ? content : this.#joined + held + content;
    if (isSure || (!this.#isDeltas && repeats && content.length > before.length)) {
      this.#text = content;
      return { textDelta: content.slice(before.length), isRevised: false };
    }
    this.#text = this.#joined;
    if (this.#isDeltas) return { textDelta: held + content, isRevised: false };
    this.#isDeltas = true;
    const isRevised = !this.#text.startsWith(before);
    return { textDelta: isRevised ? "" : this.#text.slice(before.length), isRevised };
  }
}
