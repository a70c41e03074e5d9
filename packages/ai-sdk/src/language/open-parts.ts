import type { LanguageModelV4StreamPart } from "@ai-sdk/provider";

type Kind = "text" | "reasoning";

/** Opens and closes the parts of a stream round their deltas: one at a time, each with an id of its own. */
export class OpenParts {
  #open: { kind: Kind; id: string } | undefined;
  #opened = 0;

  /** Whether anything was given out. */
  get hasOpened(): boolean {
    return this.#opened > 0;
  }

  delta(kind: Kind, delta: string): LanguageModelV4StreamPart[] {
    if (delta === "") return [];
    const before = this.#open?.kind === kind ? [] : this.#start(kind);
    return [...before, { type: `${kind}-delta`, id: this.#open?.id ?? "", delta }];
  }

  close(): LanguageModelV4StreamPart[] {
    if (this.#open === undefined) return [];
    const { kind, id } = this.#open;
    this.#open = undefined;
    return [{ type: `${kind}-end`, id }];
  }

  #start(kind: Kind): LanguageModelV4StreamPart[] {
    const closed = this.close();
    const id = `${kind}-${this.#opened++}`;
    this.#open = { kind, id };
    return [...closed, { type: `${kind}-start`, id }];
  }
}
