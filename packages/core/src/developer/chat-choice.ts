import { JobFailedError } from "../errors/job-failed-error.ts";
import { detail } from "../text/detail.ts";
import { jsonObject } from "../wire/node-data.ts";
import { isRecord, textOf } from "../wire/parse.ts";
import type { ChatChoice, ToolCall } from "./chat-answer.ts";

/** What one piece of an answer adds. */
export interface ChoiceDelta {
  text: string;
  reasoning: string;
}

interface CallSoFar {
  index: number;
  id: string;
  name: string;
  argumentsText: string;
}

/** One answer of a chat as it is gathered: its text, its reasoning whatever its field is called, and its calls of tools. */
export class ChoiceReader {
  #text = "";
  #reasoning = "";
  #refusal = "";
  #finishReason: string | undefined;
  readonly #calls: CallSoFar[] = [];

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
    return this.#calls.length > 0;
  }

  get toolNames(): string[] {
    return this.#sorted.flatMap(({ name }) => (name === "" ? [] : [name]));
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
    const calls: unknown[] = Array.isArray(message.tool_calls) ? message.tool_calls : [];
    // In a whole message each is a call of its own, whatever its id.
    const isWhole = !isRecord(choice.delta);
    for (const [place, call] of calls.entries()) this.#addCall(call, place, isWhole);
    return delta;
  }

  /** @throws JobFailedError where the arguments of a call were cut short, or where the tool is none that was offered */
  end<Name extends string>(label: string, isTool: (name: string) => name is Name): ChatChoice<Name> {
    const reason = this.#finishReason;
    const ids = new Set<string>();
    const toolCalls = this.#sorted.map((call, place) => {
      // Each is answered by its id, so that none may have that of another.
      let id = call.id;
      for (let next = place; id === "" || ids.has(id); next++) id = `call_${next}`;
      ids.add(id);
      return wholeCall({ call: { ...call, id }, label, reason }, isTool);
    });
    return { text: this.#text, reasoning: this.#reasoning, toolCalls, finishReason: this.#finishReason };
  }

  /** By their index, then as they came. */
  get #sorted(): CallSoFar[] {
    return [...this.#calls].sort((one, other) => one.index - other.index);
  }

  #addCall(call: unknown, place: number, isWhole: boolean): void {
    if (!isRecord(call)) return;
    const part = isRecord(call.function) ? call.function : {};
    const id = textOf(call.id);
    const name = textOf(part.name);
    const index = typeof call.index === "number" ? call.index : undefined;
    let known = isWhole ? undefined : this.#known(id, index, name);
    if (known === undefined) {
      known = { index: index ?? (isWhole ? place : this.#calls.length), id: "", name: "", argumentsText: "" };
      this.#calls.push(known);
    }
    known.id = known.id === "" ? (id ?? "") : known.id;
    known.name = name ?? known.name;
    known.argumentsText += argumentsOf(part.arguments);
  }

  /**
   * The call that a piece goes on with. A new id, or another name, begins a new one, also at the index of another: Gemini
   * gives every call the index 0. A new id without a name does not, since some services give each piece an id of its own.
   */
  #known(id: string | undefined, index: number | undefined, name: string | undefined): CallSoFar | undefined {
    const isOther = (call: CallSoFar): boolean =>
      name !== undefined &&
      call.name !== "" &&
      (name !== call.name || (id !== undefined && call.id !== "" && id !== call.id));
    const here = this.#calls.filter((call) => index === undefined || call.index === index);
    const known = here.findLast((call) => id !== undefined && call.id === id) ?? here.at(-1);
    return known === undefined || isOther(known) ? undefined : known;
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
  { call, label, reason }: { call: CallSoFar; label: string; reason: string | undefined },
  isTool: (name: string) => name is Name,
): ToolCall<Name> {
  const { id, name } = call;
  const isCut = /length|max_?tokens|content_?filter/i.test(reason ?? "");
  const why = isCut ? " Raise maxTokens, or leave it out." : " Ask again.";
  const fail = (what: string, failure: string): never => {
    throw new JobFailedError(`${label}: the call of the tool "${detail(name)}" ${what} (${failure}).${why}`, {
      reason: failure,
    });
  };
  const { value, argumentsText } = parsedArguments(call.argumentsText);
  // Arguments that never came are none only where the model has ended by itself.
  if (value === undefined || name === "" || (isCut && argumentsText.trim() === ""))
    return fail("was cut short: its name or its arguments are not whole", "tool_call_cut");
  if (!isRecord(value)) return fail("has arguments that are no object", "tool_call_invalid");
  if (!isTool(name)) {
    throw new JobFailedError(
      `${label}: the model asks for the tool "${detail(name)}", which was not offered (unknown_tool).`,
      {
        reason: "unknown_tool",
      },
    );
  }
  return { id, name, arguments: value, argumentsText };
}

/** Some models encode them twice: that is taken off once. Without a value where they are no JSON. */
function parsedArguments(text: string): { value?: unknown; argumentsText: string } {
  if (text.trim() === "") return { value: {}, argumentsText: text };
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "string") return { value, argumentsText: text };
    const inner = jsonObject(value);
    return inner === undefined ? { value, argumentsText: text } : { value: inner, argumentsText: value };
  } catch {
    return { argumentsText: text };
  }
}
