import type { CallOptions } from "../options/options.ts";
import { checkPrompt } from "../options/options-check.ts";
import type { UnderWay } from "../timing/under-way.ts";
import { withSignal } from "../timing/with-signal.ts";
import { RunningAnswer } from "./answer-stream.ts";
import type { KnowledgeMessage } from "./developer-messages.ts";
import type { KnowledgeOptions, KnowledgeStream } from "./knowledge.ts";
import type { KnowledgeAnswer, KnowledgeChunk } from "./knowledge-answer.ts";

/** What a session of follow-up questions is made of. */
export interface KnowledgeSessionOptions extends Pick<KnowledgeOptions, "knowledgeBases" | "model" | "extraBody"> {
  /** What was said before. */
  messages?: readonly KnowledgeMessage[] | undefined;
}

/** Searches with these messages. */
export type KnowledgeSearch = (
  label: string,
  messages: readonly KnowledgeMessage[],
  options: CallOptions,
) => KnowledgeStream;

/**
 * Follow-up questions to knowledge bases. It keeps what was asked and answered; a question that failed is not kept. One question
 * is asked after the other.
 */
export class KnowledgeSession {
  readonly #search: KnowledgeSearch;
  readonly #underWay: UnderWay;
  readonly #messages: KnowledgeMessage[];
  #last: Promise<unknown> = Promise.resolve();

  constructor(search: KnowledgeSearch, underWay: UnderWay, messages: readonly KnowledgeMessage[]) {
    this.#search = search;
    this.#underWay = underWay;
    this.#messages = [...messages];
  }

  /** What was asked and answered so far: JSON, from which a session can go on elsewhere. */
  get messages(): KnowledgeMessage[] {
    return [...this.#messages];
  }

  /**
   * Asks the next question, and waits for all of the answer.
   * @throws what `knowledge.search` throws
   * @example
   * const session = developer.knowledge.startSession({ knowledgeBases });
   * const { text, sources } = await session.ask("When does the ferry leave?");
   */
  async ask(question: string, options: CallOptions = {}): Promise<KnowledgeAnswer> {
    checkPrompt("ask", question);
    return this.#turn("ask", question, options).output;
  }

  /**
   * The same as it comes. Its turn begins when it is first read.
   * @throws at once InvalidArgumentError
   * @example
   * const session = developer.knowledge.startSession({ knowledgeBases });
   * for await (const { textDelta } of session.askStream("When does the ferry leave?")) console.log(textDelta);
   */
  askStream(question: string, options: CallOptions = {}): KnowledgeStream {
    checkPrompt("askStream", question);
    return this.#turn("askStream", question, options);
  }

  #turn(label: string, question: string, { signal, ...call }: CallOptions): KnowledgeStream {
    const message: KnowledgeMessage = { role: "user", content: question };
    // Also checks the options before anything waits.
    this.#search(label, [message], call);
    const read = (linked: AbortSignal): AsyncGenerator<KnowledgeChunk, KnowledgeAnswer, undefined> =>
      this.#read(label, message, { ...call, signal: linked });
    return new RunningAnswer(this.#underWay, signal, read);
  }

  async *#read(
    label: string,
    message: KnowledgeMessage,
    call: CallOptions,
  ): AsyncGenerator<KnowledgeChunk, KnowledgeAnswer, undefined> {
    const before = this.#last;
    let end = (): void => undefined;
    this.#last = new Promise<void>((resolve) => {
      end = resolve;
    });
    try {
      await withSignal(before, call.signal);
      const stream = this.#search(label, [...this.#messages, message], call);
      yield* stream;
      const answer = await stream.output;
      this.#messages.push(message, { role: "assistant", content: answer.text });
      return answer;
    } finally {
      end();
    }
  }
}
