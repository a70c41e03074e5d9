import { isRecord, textOf } from "../wire/parse.ts";
import type { ChatChoice, ToolCall } from "./chat-answer.ts";
import { type EndedToolCall, endedCalls } from "./ended-tool-call.ts";
import { OfferedTools } from "./offered-tools.ts";
import { ToolCallPieces } from "./tool-call-pieces.ts";

/** What one piece of an answer adds. */
export interface ChoiceDelta {
  text: string;
  reasoning: string;
}

/** One answer of a chat that has ended. */
export interface EndedChoice<Name extends string> {
  choice: Omit<ChatChoice<Name>, "model">;
  calls: EndedToolCall<Name>[];
}

/** One answer of a chat as it is gathered: its text, its reasoning whatever its field is called, and its calls of tools. */
export class ChoiceReader<Name extends string = string> {
  #text = "";
  #reasoning = "";
  #refusal = "";
  #finishReason: string | undefined;
  readonly #tools: OfferedTools<Name>;
  readonly #calls: ToolCallPieces;

  constructor(tools: OfferedTools<Name> = new OfferedTools()) {
    this.#tools = tools;
    this.#calls = new ToolCallPieces(tools);
  }

  get text(): string {
    return this.#text;
  }

  get reasoning(): string {
    return this.#reasoning;
  }

  get finishReason(): string | undefined {
    return this.#finishReason;
  }

  get refusal(): string {
    return this.#refusal;
  }

  /** Also of tools whose names have not come. */
  get hasCalls(): boolean {
    return this.#calls.calls.length > 0;
  }

  get toolNames(): string[] {
    return this.#calls.calls.flatMap(({ name }) => (name === "" ? [] : [name]));
  }

  /** @param choice with a `delta`, or with a whole `message` */
  accept(choice: Record<string, unknown>): ChoiceDelta {
    this.#finishReason = textOf(choice.finish_reason) ?? this.#finishReason;
    const message = isRecord(choice.delta) ? choice.delta : isRecord(choice.message) ? choice.message : {};
    const { text, reasoning } = contentOf(message.content);
    const told = [message.reasoning_content, message.reasoning, message.thinking].map(reasoningText);
    // A service that knows several names for it says the same under each.
    const delta = { text, reasoning: reasoning + (told.find((one) => one !== "") ?? "") };
    this.#refusal += textOf(message.refusal) ?? "";
    this.#text += delta.text;
    this.#reasoning += delta.reasoning;
    this.#calls.accept(message, !isRecord(choice.delta));
    return delta;
  }

  /** The calls that cannot be given out stand in `calls` only. */
  end(): EndedChoice<Name> {
    const calls = endedCalls(this.#calls.calls, this.#finishReason, this.#tools);
    const toolCalls = calls.filter((call): call is ToolCall<Name> => !("fault" in call));
    const choice = { text: this.#text, reasoning: this.#reasoning, toolCalls, finishReason: this.#finishReason };
    return { choice, calls };
  }
}

function contentOf(content: unknown): ChoiceDelta {
  if (typeof content === "string") return { text: content, reasoning: "" };
  const sum: ChoiceDelta = { text: "", reasoning: "" };
  if (!Array.isArray(content)) return sum;
  for (const block of content) {
    if (!isRecord(block)) continue;
    if (block.type === "thinking" || block.type === "reasoning") sum.reasoning += reasoningText(block);
    else if (typeof block.text === "string") sum.text += block.text;
  }
  return sum;
}

/** A text, an object that has one, or blocks of them. */
function reasoningText(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(reasoningText).join("");
  if (!isRecord(value)) return "";
  const { thinking, reasoning, text, content } = value;
  return [thinking, reasoning, text, content].find((one) => typeof one === "string") ?? "";
}
