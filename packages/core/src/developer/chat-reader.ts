import { InsufficientCreditsError } from "../errors/insufficient-credits-error.ts";
import { detail } from "../text/detail.ts";
import { failedJob, parseFailure } from "../wire/failure.ts";
import { isRecord, otherKind, textOf } from "../wire/parse.ts";
import type { RawRecord } from "../wire/records.ts";
import { isFailureWord, mentionsCredits } from "../wire/words.ts";
import type { ChatChoice, ChatChunk, ChatOutput, ChatUsage } from "./chat-answer.ts";
import { ChoiceReader } from "./chat-choice.ts";

/** Gathers the events of a chat's answer, or reads the whole of it (wire 9). */
export class ChatReader<Name extends string> {
  readonly #label: string;
  #model: string;
  #usage: ChatUsage | undefined;
  readonly #first = new ChoiceReader();
  readonly #choices = new Map<number, ChoiceReader>([[0, this.#first]]);
  readonly #raw: RawRecord[] = [];
  #isEnded = false;

  readonly #isTool: (name: string) => name is Name;

  /** @param model the first that is asked for */
  constructor(label: string, model: string, tools: readonly { name: Name }[] | undefined) {
    this.#label = label;
    this.#model = model;
    this.#isTool = (name): name is Name => tools?.some((tool) => tool.name === name) ?? true;
  }

  get text(): string {
    return this.#first.text;
  }

  /** By `[DONE]`; a reason to finish is an end as well, but usage may follow it. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  set isEnded(isEnded: boolean) {
    this.#isEnded = isEnded;
  }

  get isFinished(): boolean {
    return this.#first.finishReason !== undefined;
  }

  get isFilled(): boolean {
    return this.#all.some(({ text, hasCalls }) => text.trim() !== "" || hasCalls);
  }

  /** Why there is nothing in it, where that is known. */
  get emptyCause(): { reason: string; why: string } | undefined {
    const { refusal, finishReason = "", reasoning } = this.#first;
    if (refusal !== "") return { reason: "content_policy", why: `the model refused: ${detail(refusal)}` };
    if (/content_?filter/i.test(finishReason))
      return { reason: "content_policy", why: "a content filter took the answer" };
    if (/length|max_?tokens/i.test(finishReason)) {
      const spent = reasoning === "" ? "before the first word" : "on reasoning";
      return { reason: "empty_answer", why: `all tokens were spent ${spent}. Raise maxTokens, or leave it out` };
    }
    return undefined;
  }

  get answer(): ChatOutput<Name> {
    const choices: ChatChoice<Name>[] = this.#all.map((choice) => choice.end(this.#label, this.#isTool));
    const [first = { text: "", reasoning: "", toolCalls: [], finishReason: undefined }] = choices;
    const calls = first.toolCalls.map(({ id, name, argumentsText }) => ({
      id,
      type: "function" as const,
      function: { name, arguments: argumentsText === "" ? "{}" : argumentsText },
    }));
    const message = { role: "assistant" as const, content: first.text };
    return {
      ...first,
      model: this.#model,
      usage: this.#usage,
      message: calls.length === 0 ? message : { ...message, tool_calls: calls },
      choices,
      raw: [...this.#raw],
    };
  }

  accept(event: RawRecord, isWhole: boolean): ChatChunk | undefined {
    this.#raw.push(event);
    const isFailed = event.success === false || isFailureWord(event.status);
    this.#check(event.error ?? (isFailed ? (event.message ?? true) : undefined), event.code);
    this.#model = textOf(event.model) ?? this.#model;
    if (isRecord(event.usage)) this.#usage = usageOf(event.usage);
    if (isWhole) {
      if (!Array.isArray(event.choices))
        throw otherKind(`${this.#label} answered with`, "an object without choices", "an answer was", event);
      this.#isEnded = true;
    }
    const sum = { text: "", reasoning: "" };
    const toolsBefore = this.#first.toolNames.length;
    for (const [place, choice] of (Array.isArray(event.choices) ? event.choices : []).entries()) {
      if (!isRecord(choice)) continue;
      const index = typeof choice.index === "number" ? choice.index : place;
      const delta = this.#choice(index).accept(choice);
      const isFailed = isFailureWord(choice.finish_reason);
      this.#check(choice.error ?? (isFailed ? "the model failed" : undefined), undefined);
      if (index !== 0) continue;
      sum.text += delta.text;
      sum.reasoning += delta.reasoning;
    }
    const isNews = sum.text !== "" || sum.reasoning !== "" || this.#first.toolNames.length > toolsBefore;
    return isNews ? this.#chunk(sum.text, sum.reasoning, false) : undefined;
  }

  last(): ChatChunk {
    return this.#chunk("", "", true);
  }

  #check(error: unknown, outerCode: unknown): void {
    const failure = parseFailure(error);
    if (failure === undefined) return;
    const code = Number((isRecord(error) ? error.code : undefined) ?? outerCode);
    if (code === 402 || mentionsCredits(failure.message)) {
      throw new InsufficientCreditsError(
        `${this.#label}: ${failure.message}. The account has not enough credits for this.`,
        { status: 402, headers: new Headers(), body: error },
      );
    }
    throw failedJob(this.#label, code === 429 ? { ...failure, reason: "rate_limit" } : failure);
  }

  get #all(): ChoiceReader[] {
    return [...this.#choices].sort(([one], [other]) => one - other).map(([, choice]) => choice);
  }

  #choice(index: number): ChoiceReader {
    const known = this.#choices.get(index);
    if (known !== undefined) return known;
    const choice = new ChoiceReader();
    this.#choices.set(index, choice);
    return choice;
  }

  #chunk(textDelta: string, reasoningDelta: string, isFinal: boolean): ChatChunk {
    const { text, reasoning, toolNames } = this.#first;
    return { textDelta, reasoningDelta, text, reasoning, toolNames, isFinal };
  }
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
