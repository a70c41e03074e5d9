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
  #joined = "";
  #mode: "open" | "deltas" = "open";

  get text(): string {
    return this.#text;
  }

  push(content: string): KnowledgeDelta {
    const before = this.#text;
    if (content === "") return { textDelta: "", isRevised: false };
    this.#joined += content;
    if (this.#mode === "open" && !isWholeOf(content, before)) {
      this.#mode = "deltas";
      this.#text = this.#joined;
    } else if (this.#mode === "open" || (before.length >= SURE_LENGTH && content.startsWith(before))) {
      this.#text = content;
      this.#joined = content;
    } else {
      this.#text += content;
    }
    const isRevised = !this.#text.startsWith(before);
    return { textDelta: isRevised ? "" : this.#text.slice(before.length), isRevised };
  }
}

/** Whether a content is the text so far, and more. An equal one may be the same short word again. */
function isWholeOf(content: string, before: string): boolean {
  return content.startsWith(before) && (content.length > before.length || before.length >= SURE_LENGTH);
}
