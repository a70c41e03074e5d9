import { digestOf } from "../accounts/digest.ts";
import type { ChatRequest } from "./chat.ts";

/** The longest name of a tool that the developer API takes. Anthropic's API takes twice as many letters. */
const MOST = 64;
const DIGEST = 12;

type Named = Pick<ChatRequest, "messages" | "tools" | "toolChoice">;

/** Long names of tools made short ones, the same for the same name, and back. */
export class ShortNames {
  readonly #short: ReadonlyMap<string, string>;
  readonly #long: ReadonlyMap<string, string>;

  private constructor(short: ReadonlyMap<string, string>) {
    this.#short = short;
    this.#long = new Map(Array.from(short, ([name, shortName]) => [shortName, name]));
  }

  static async of({ messages, tools = [] }: Named): Promise<ShortNames> {
    const called = messages.flatMap((message) => (message.role === "assistant" ? (message.tool_calls ?? []) : []));
    const names = [...tools.map(({ name }) => name), ...called.map((call) => call.function.name)];
    const long = [...new Set(names)].filter((name) => name.length > MOST);
    const pairs = long.map(
      async (name) => [name, `${name.slice(0, MOST - DIGEST - 1)}_${(await digestOf(name)).slice(0, DIGEST)}`] as const,
    );
    return new ShortNames(new Map(await Promise.all(pairs)));
  }

  shortened<Request extends Named>(request: Request): Request {
    if (this.#short.size === 0) return request;
    const { messages, tools, toolChoice } = request;
    return {
      ...request,
      tools: tools?.map((tool) => ({ ...tool, name: this.#shortOf(tool.name) })),
      toolChoice: typeof toolChoice === "object" ? { name: this.#shortOf(toolChoice.name) } : toolChoice,
      messages: messages.map((message) =>
        message.role !== "assistant" || message.tool_calls === undefined
          ? message
          : {
              ...message,
              tool_calls: message.tool_calls.map((call) => ({
                ...call,
                function: { ...call.function, name: this.#shortOf(call.function.name) },
              })),
            },
      ),
    };
  }

  /** The name that the caller gave. */
  longOf(name: string): string {
    return this.#long.get(name) ?? name;
  }

  #shortOf(name: string): string {
    return this.#short.get(name) ?? name;
  }
}
