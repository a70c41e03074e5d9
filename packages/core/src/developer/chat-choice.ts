import { JobFailedError } from "../errors/job-failed-error.ts";
import { detail } from "../text/detail.ts";
import { isRecord, textOf } from "../wire/parse.ts";
import type { ChatChoice, ToolCall } from "./chat-answer.ts";

/** What one piece of an answer adds. */
export interface ChoiceDelta {
  text: string;
  reasoning: string;
}

interface CallSoFar {
  id: string;
  name: string;
  argumentsText: string;
}

/** One answer of a chat as it is gathered: its text, its reasoning whatever its field is called, and its calls of tools. */
export class ChoiceReader {
  #text = "";
  #reasoning = "";
  #finishReason: string | undefined;
  readonly #calls = new Map<number, CallSoFar>();

  get text(): string {
    return this.#text;
  }

  get reasoning(): string {
    return this.#reasoning;
  }

  get finishReason(): string | undefined {
    return this.#finishReason;
  }

  get toolNames(): string[] {
    return [...this.#calls.values()].flatMap(({ name }) => (name === "" ? [] : [name]));
  }

  /** @param choice with a `delta`, or with a whole `message` */
  accept(choice: Record<string, unknown>): ChoiceDelta {
    this.#finishReason = textOf(choice.finish_reason) ?? this.#finishReason;
    const message = isRecord(choice.delta) ? choice.delta : isRecord(choice.message) ? choice.message : {};
    const { text, reasoning } = contentOf(message.content);
    const told = [message.reasoning_content, message.reasoning, message.thinking].map(reasoningText);
    // A service that knows several names for it says the same under each.
    const delta = { text, reasoning: reasoning + (told.find((one) => one !== "") ?? "") };
    this.#text += delta.text;
    this.#reasoning += delta.reasoning;
    const calls: unknown[] = Array.isArray(message.tool_calls) ? message.tool_calls : [];
    for (const [place, call] of calls.entries()) this.#addCall(call, place);
    return delta;
  }

  /** @throws JobFailedError where the arguments of a call were cut short, or where the tool is none that was offered */
  end<Name extends string>(label: string, isTool: (name: string) => name is Name): ChatChoice<Name> {
    const reason = this.#finishReason;
    const toolCalls = [...this.#calls.values()].map((call, place) => wholeCall({ call, place, label, reason }, isTool));
    return { text: this.#text, reasoning: this.#reasoning, toolCalls, finishReason: this.#finishReason };
  }

  #addCall(call: unknown, place: number): void {
    if (!isRecord(call)) return;
    const part = isRecord(call.function) ? call.function : {};
    const id = textOf(call.id);
    const index = typeof call.index === "number" ? call.index : this.#placeOf(id, place);
    const known = this.#calls.get(index) ?? { id: "", name: "", argumentsText: "" };
    this.#calls.set(index, {
      id: id ?? known.id,
      name: textOf(part.name) ?? known.name,
      argumentsText: known.argumentsText + argumentsOf(part.arguments),
    });
  }

  /** Of a call without an index: that of its id, where one has it already. */
  #placeOf(id: string | undefined, place: number): number {
    if (id === undefined) return place;
    const known = [...this.#calls].find(([, call]) => call.id === id);
    return known?.[0] ?? this.#calls.size;
  }
}

/** Some services send them parsed. */
function argumentsOf(value: unknown): string {
  if (typeof value === "string") return value;
  return isRecord(value) ? JSON.stringify(value) : "";
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

function wholeCall<Name extends string>(
  { call, place, label, reason }: { call: CallSoFar; place: number; label: string; reason: string | undefined },
  isTool: (name: string) => name is Name,
): ToolCall<Name> {
  const { id, name, argumentsText } = call;
  const parsed = parsedArguments(argumentsText);
  if (parsed === undefined || name === "") {
    const why = reason === "length" ? " Raise maxTokens, or leave it out." : " Ask again.";
    throw new JobFailedError(
      `${label}: the call of the tool "${detail(name)}" was cut short: its arguments are no JSON object (tool_call_cut).${why}`,
      { reason: "tool_call_cut" },
    );
  }
  if (!isTool(name)) {
    throw new JobFailedError(
      `${label}: the model asks for the tool "${detail(name)}", which was not offered (unknown_tool).`,
      {
        reason: "unknown_tool",
      },
    );
  }
  return { id: id === "" ? `call_${place}` : id, name, arguments: parsed, argumentsText };
}

function parsedArguments(text: string): Record<string, unknown> | undefined {
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
