import { detail } from "../text/detail.ts";
import { isRecord, otherKind, textOf } from "../wire/parse.ts";
import type { RawRecord } from "../wire/records.ts";
import { isFailureWord } from "../wire/words.ts";
import { answerFailure, isEmptyError } from "./answer-failure.ts";
import type { ChatChoice, ChatChunk, ChatOutput, ChatUsage, ToolCall } from "./chat-answer.ts";
import { ChoiceReader } from "./chat-choice.ts";
import { ChatChoices } from "./chat-choices.ts";
import type { ChatTool } from "./chat-options.ts";
import type { MessageToolCall } from "./developer-messages.ts";
import type { EndedToolCall } from "./ended-tool-call.ts";
import { cutCause } from "./finish-reason.ts";
import { OfferedTools } from "./offered-tools.ts";
import { throwIfTold } from "./told-failure.ts";
import { ToolCallError } from "./tool-call-error.ts";

/** What was asked. */
export interface ChatQuestion<Name extends string> {
  /** Method and path, for errors. */
  label: string;
  /** The first that is asked for. */
  model: string;
  tools?: readonly ChatTool<Name>[] | undefined;
  /** How many answers the body asks for. Default 1. */
  choiceCount?: number | undefined;
  /** Whether several models are asked. Default false. */
  hasSeveralModels?: boolean | undefined;
}

/** Gathers the events of a chat's answer, or reads the whole of it (wire 9). */
export class ChatReader<Name extends string> {
  readonly #label: string;
  #model: string;
  #usage: ChatUsage | undefined;
  readonly #choices: ChatChoices<Name>;
  readonly #raw: RawRecord[] = [];
  #isEnded = false;
  readonly #choiceCount: number;

  constructor({ label, model, tools, choiceCount = 1, hasSeveralModels = false }: ChatQuestion<Name>) {
    this.#label = label;
    this.#model = model;
    this.#choiceCount = choiceCount;
    this.#choices = new ChatChoices({ choiceCount, hasSeveralModels, tools: new OfferedTools(tools) });
  }

  get text(): string {
    return this.#first?.text ?? "";
  }

  /** By `[DONE]`; a reason to finish is an end as well, but usage may follow it. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  set isEnded(isEnded: boolean) {
    this.#isEnded = isEnded;
  }

  /** All answers that were asked for have a reason to finish: a second one may begin when the first is done. */
  get isFinished(): boolean {
    const all = this.#all;
    const isEach = all.length > 0 && all.length >= this.#choiceCount;
    return isEach && all.every(({ finishReason }) => finishReason !== undefined);
  }

  get isFilled(): boolean {
    return this.#all.some(({ text, hasCalls }) => text.trim() !== "" || hasCalls);
  }

  /** Why there is nothing in it, where that is known: asked again it would be the same. */
  get emptyCause(): { reason: string; why: string } | undefined {
    const { refusal = "", finishReason, reasoning = "" } = this.#first ?? {};
    if (refusal !== "") return { reason: "content_policy", why: `the model refused: ${detail(refusal)}` };
    const cause = cutCause(finishReason);
    if (cause === "filter")
      return { reason: "content_policy", why: "a content filter took the answer. Change the messages" };
    if (cause === undefined) return undefined;
    const spent = reasoning === "" ? "before the first word" : "on reasoning";
    return { reason: "empty_answer", why: `all tokens were spent ${spent}. Raise maxTokens, or leave it out` };
  }

  /** @throws ToolCallError where a call of a tool cannot be given out */
  get answer(): ChatOutput<Name> {
    const ended = this.#choices.all.map(({ model, reader }) => this.#ended(reader, model));
    const [first = this.#ended(new ChoiceReader())] = ended;
    const calls = first.calls.filter((call) => !("fault" in call) || call.fault !== "tool_call_cut");
    const message = { role: "assistant" as const, content: first.choice.text };
    const output = {
      ...first.choice,
      usage: this.#usage,
      message: calls.length === 0 ? message : { ...message, tool_calls: calls.map(messageCall) },
      choices: ended.map(({ choice }) => choice),
      raw: [...this.#raw],
    };
    for (const { choice, calls: all } of ended) {
      const failed = all.filter((call) => "fault" in call);
      if (failed.length > 0) throw new ToolCallError(this.#label, failed, choice.finishReason, output);
    }
    return output;
  }

  accept(event: RawRecord, isWhole: boolean): ChatChunk | undefined {
    this.#raw.push(event);
    const choices: unknown[] = Array.isArray(event.choices) ? event.choices : [];
    throwIfTold(this.#label, event, choices.length > 0);
    this.#model = textOf(event.model) ?? this.#model;
    const usage = event.usage ?? (isRecord(event.x_groq) ? event.x_groq.usage : undefined);
    if (isRecord(usage)) this.#usage = usageOf(usage);
    if (isWhole) {
      if (!Array.isArray(event.choices))
        throw otherKind(`${this.#label} answered with`, "an object without choices", "an answer was", event);
      this.#isEnded = true;
    }
    const before = this.#toolNames.length;
    const sum = { text: "", reasoning: "" };
    for (const { choice, placed } of this.#choices.place(event)) {
      const delta = placed.reader.accept(choice);
      const unnamed = isFailureWord(choice.finish_reason) ? "the model failed" : undefined;
      const failure = answerFailure(this.#label, isEmptyError(choice.error) ? unnamed : choice.error, choice);
      if (failure !== undefined) throw failure;
      if (placed !== this.#choices.first) continue;
      sum.text += delta.text;
      sum.reasoning += delta.reasoning;
    }
    const isNews = sum.text !== "" || sum.reasoning !== "" || this.#toolNames.length > before;
    return isNews && this.#choices.isFirstSure ? this.#chunk(sum.text, sum.reasoning, false) : undefined;
  }

  last(): ChatChunk {
    const { text = "", reasoning = "" } = (!this.#choices.isFirstSure && this.#first) || {};
    return this.#chunk(text, reasoning, true);
  }

  get #all(): ChoiceReader<Name>[] {
    return this.#choices.all.map(({ reader }) => reader);
  }

  get #first(): ChoiceReader<Name> | undefined {
    return this.#choices.first?.reader;
  }

  #ended(reader: ChoiceReader<Name>, model = this.#model): { choice: ChatChoice<Name>; calls: EndedToolCall<Name>[] } {
    const { choice, calls } = reader.end();
    return { choice: { ...choice, model }, calls };
  }

  get #toolNames(): string[] {
    return this.#first?.toolNames ?? [];
  }

  #chunk(textDelta: string, reasoningDelta: string, isFinal: boolean): ChatChunk {
    const { text = "", reasoning = "" } = this.#first ?? {};
    return { textDelta, reasoningDelta, text, reasoning, toolNames: this.#toolNames, isFinal };
  }
}

function messageCall({ id, name, argumentsText }: Pick<ToolCall, "id" | "name" | "argumentsText">): MessageToolCall {
  return { id, type: "function", function: { name, arguments: argumentsText.trim() === "" ? "{}" : argumentsText } };
}

function usageOf(raw: RawRecord): ChatUsage {
  const number = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);
  return {
    promptTokens: number(raw.prompt_tokens ?? raw.input_tokens),
    completionTokens: number(raw.completion_tokens ?? raw.output_tokens),
    totalTokens: number(raw.total_tokens),
    raw,
  };
}
