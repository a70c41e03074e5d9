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
const BEGINNING = /^\s*(```\w*(?:\s+(?=[^\s`])|(?=[{["]))|(?=[^\s`]))/;
/** What JSON begins with, and what may become that. */
const JSON_BEGINS = /^(?:[{["\d-]|true\b|false\b|null\b)/;
const MAY_BE_JSON = /^(?:t(?:r(?:ue?)?)?|f(?:a(?:l(?:se?)?)?)?|n(?:u(?:ll?)?)?)?$/;
const FENCED = /```\w*\s*([^\s`].*?)\s*```/gs;

/**
 * Takes JSON out of what models put round it, while the text comes: out of its code fence, and of words before and behind
 * that. A text that begins with words is held back to its end, where it is known whether it has one such fence.
 */
export class Unfenced {
  #held = "";
  #state: "before" | "words" | "bare" | "fenced" | "behind" = "before";
  #isInString = false;
  #isEscaped = false;

  push(delta: string): string {
    this.#held += delta;
    if (this.#state === "before") this.#begin();
    switch (this.#state) {
      case "bare":
        return this.#take(/\s*`{0,3}\s*$/.exec(this.#held)?.index ?? this.#held.length);
      case "fenced":
        return this.#readFenced();
      default:
        return "";
    }
  }

  /** @returns what was held back and is neither a fence nor words round one */
  end(): string {
    const rest = this.#held;
    this.#held = "";
    switch (this.#state) {
      case "behind":
        return "";
      case "words":
        return onlyFenced(rest) ?? rest;
      case "before":
        return /^\s*(?:```\w*\s*)?$/.test(rest) ? "" : rest;
      default:
        return rest.replace(/\s*(```\s*)?$/, "");
    }
  }

  #begin(): void {
    const begun = BEGINNING.exec(this.#held);
    if (begun === null) return;
    const [all, fence = ""] = begun;
    const rest = this.#held.slice(all.length);
    const isJsonFence = /^(?:```(?:json\w*)?\s*)?$/i.test(fence);
    if (isJsonFence && JSON_BEGINS.test(rest)) {
      this.#state = fence === "" ? "bare" : "fenced";
      this.#held = rest;
    } else if (!isJsonFence || !MAY_BE_JSON.test(rest)) this.#state = "words";
  }

  /** The fence ends at the first backticks that stand in none of the JSON's texts. */
  #readFenced(): string {
    let certain = 0;
    for (let at = 0; at < this.#held.length; at++) {
      const character = this.#held.charAt(at);
      if (this.#isInString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (character === "\\") this.#isEscaped = true;
        else if (character === '"') this.#isInString = false;
      } else if (character === "`") {
        if (this.#held.startsWith("```", at)) this.#state = "behind";
        break;
      } else if (character === '"') this.#isInString = true;
      else if (/\s/.test(character)) continue;
      certain = at + 1;
    }
    return this.#take(certain);
  }

  #take(length: number): string {
    const taken = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    return taken;
  }
}

/** The JSON in the one code fence of a text that has one with JSON. */
function onlyFenced(text: string): string | undefined {
  const found = [...text.matchAll(FENCED)].flatMap(([, inner = ""]) => (isJson(inner) ? [inner] : []));
  return found.length === 1 ? found[0] : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
