import { CallParser, type TextPiece } from "./call-parser.ts";
import { Unfenced } from "./json-text.ts";

/** What is read out of a model's text on its way: calls of tools by the bridge, JSON without its fence. */
export class TextPieces {
  readonly #parser: CallParser | undefined;
  readonly #unfenced: Unfenced | undefined;

  constructor({ toolNames, isJson }: { toolNames: readonly string[] | undefined; isJson: boolean }) {
    this.#parser = toolNames && new CallParser(toolNames);
    this.#unfenced = isJson ? new Unfenced() : undefined;
  }

  get hasCalled(): boolean {
    return this.#parser?.hasCalled ?? false;
  }

  push(delta: string): TextPiece[] {
    return this.#words(this.#parser?.push(delta) ?? [{ type: "text", text: delta }]);
  }

  /** The text is whole. @returns what was held back */
  end(): TextPiece[] {
    return [...this.#words(this.#parser?.end() ?? []), ...this.#rest()];
  }

  /** The text broke off. @returns what was held back, but for half a call */
  cut(): TextPiece[] {
    return [...this.#words(this.#parser?.cut() ?? []), ...this.#rest()];
  }

  #words(pieces: TextPiece[]): TextPiece[] {
    const unfenced = this.#unfenced;
    if (unfenced === undefined) return pieces;
    return pieces.map((piece) => (piece.type === "text" ? { type: "text", text: unfenced.push(piece.text) } : piece));
  }

  #rest(): TextPiece[] {
    return [{ type: "text", text: this.#unfenced?.end() ?? "" }];
  }
}
