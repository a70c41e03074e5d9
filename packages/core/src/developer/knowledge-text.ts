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

  get text(): string {
    return this.#text;
  }

  push(content: string): KnowledgeDelta {
    const before = this.#text;
    if (content === "") return { textDelta: "", isRevised: false };
    this.#joined += content;
    // An equal short one may be the same word again.
    const isSure = before.length >= SURE_LENGTH && content.startsWith(before);
    if (isSure) this.#joined = content;
    if (isSure || (!this.#isDeltas && content.startsWith(before) && content.length > before.length)) {
      this.#text = content;
    } else {
      this.#isDeltas = true;
      this.#text = this.#joined;
    }
    const isRevised = !this.#text.startsWith(before);
    return { textDelta: isRevised ? "" : this.#text.slice(before.length), isRevised };
  }
}
