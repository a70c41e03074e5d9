import { isRecord } from "../wire/parse.ts";
import type { ChatTool } from "./chat-options.ts";

/** The tools that a request offers, as far as an answer is read by them. */
export class OfferedTools<Name extends string = string> {
  readonly #tools: readonly Pick<ChatTool<Name>, "name" | "parameters">[] | undefined;

  /** @param tools without any the body of the post may have some that are not ours */
  constructor(tools?: readonly Pick<ChatTool<Name>, "name" | "parameters">[]) {
    this.#tools = tools;
  }

  /** Whether a call of that name can be given out. */
  allows(name: string): name is Name {
    return this.#tools === undefined || this.#isNamed(name);
  }

  /** Whether a tool of that name is known to take no arguments. */
  takesNothing(name: string): boolean {
    const tool = this.#tools?.find((one) => one.name === name);
    if (tool === undefined) return false;
    const properties = tool.parameters?.properties;
    return !isRecord(properties) || Object.keys(properties).length === 0;
  }

  /** Whether the second is the rest of a name, or some of it, whose start is the first. */
  isRestOfName(start: string, rest: string): boolean {
    const begins = this.#tools?.some(({ name }) => name.startsWith(start + rest)) === true;
    return begins && !(this.#isNamed(start) && this.#isNamed(rest));
  }

  #isNamed(name: string): boolean {
    return this.#tools?.some((tool) => tool.name === name) === true;
  }
}
