/** What JSON is asked for; without a schema any. */
export interface JsonFormat {
  schema?: unknown;
  name?: string | undefined;
  description?: string | undefined;
}

/** Asks a model for JSON that has no setting for it. */
export function jsonInstruction({ schema, name, description }: JsonFormat): string {
  return [
    "Answer with JSON alone: no words before or after it, no code fence.",
    name === undefined ? undefined : `The JSON is called ${JSON.stringify(name)}.`,
    description,
    schema === undefined ? undefined : `It has to be valid by this JSON Schema:\n${JSON.stringify(schema)}`,
  ]
    .filter((line) => line !== undefined)
    .join("\n");
}

/** What stands before JSON: white space, and a fence with its language. */
const BEGINNING = /^\s*(?:```\w*(?:\s+(?=[^\s`])|(?=[{["]))|(?=[^\s`]))/;

/** Takes the code fence off that many models put round JSON, while the text comes. */
export class Unfenced {
  #held = "";
  #hasBegun = false;

  push(delta: string): string {
    this.#held += delta;
    if (!this.#hasBegun) {
      const begun = BEGINNING.exec(this.#held);
      if (begun === null) return "";
      this.#held = this.#held.slice(begun[0].length);
      this.#hasBegun = true;
    }
    const rest = /\s*`{0,3}\s*$/.exec(this.#held)?.index ?? this.#held.length;
    const certain = this.#held.slice(0, rest);
    this.#held = this.#held.slice(rest);
    return certain;
  }

  /** @returns what was held back and is no fence */
  end(): string {
    const rest = this.#held.replace(/\s*(```\s*)?$/, "");
    this.#held = "";
    return rest;
  }
}
