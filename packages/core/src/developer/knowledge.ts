import * as v from "valibot";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { defined } from "../options/defined.ts";
import type { Logger } from "../options/logger.ts";
import { filledText, jsonFields, uuid } from "../options/option-values.ts";
import type { CallOptions } from "../options/options.ts";
import { type AnswerStream, RunningAnswer } from "./answer-stream.ts";
import { checkDeveloperCall } from "./check-developer-call.ts";
import type { DeveloperApi } from "./developer-api.ts";
import { checkedMessages, type KnowledgeMessage } from "./developer-messages.ts";
import { type KnowledgeAnswer, type KnowledgeChunk, KnowledgeReader } from "./knowledge-answer.ts";
import { type KnowledgeSearch, KnowledgeSession, type KnowledgeSessionOptions } from "./knowledge-session.ts";
import { readModelIds } from "./model-ids.ts";
import { ANSWER_LIMITS, readAnswer } from "./read-answer.ts";

/** Where and with which model is searched. */
export interface KnowledgeOptions extends CallOptions {
  /**
   * Ids of knowledge bases, as they stand in the address of the web app: no request lists them. Without any the field is
   * left out, and what is then searched is the service's business.
   */
  knowledgeBases?: readonly string[] | undefined;
  /** Which model writes the answer: one of `knowledge.models()`. Default `gpt-4.1-nano`. */
  model?: string | undefined;
  /** Merged into the body of the post, over what this SDK puts there. What is undefined is left out. */
  extraBody?: Record<string, unknown> | undefined;
}

/** A knowledge search as it comes. */
export type KnowledgeStream = AnswerStream<KnowledgeChunk, KnowledgeAnswer>;

const PATH = "/external/use/knowledge-base";
const DEFAULT_MODEL = "gpt-4.1-nano";

const entries: v.ObjectEntries = {
  knowledgeBases: v.optional(v.array(uuid)),
  model: v.optional(filledText),
  extraBody: v.optional(jsonFields),
};

/** Search in a user's knowledge bases, with the passages that an answer stands on. */
export class Knowledge {
  readonly #api: DeveloperApi;
  readonly #logger: Logger;

  constructor(api: DeveloperApi, logger: Logger) {
    this.#api = api;
    this.#logger = logger;
  }

  /**
   * Answers a question out of knowledge bases, and waits for all of it. It is billed, and so never posted again where it may
   * have been taken. 300 s may pass until its first byte, and between any two.
   * @param question or the messages of user and assistant, the question last
   * @throws InvalidArgumentError, AuthenticationError, InsufficientCreditsError, RateLimitError, StreamTruncatedError,
   *   TimeoutError, ConnectionError; JobFailedError, with the reason `empty_answer` where the service says nothing;
   *   `signal.reason` when the caller aborts
   * @example
   * const { text, sources } = await developer.knowledge.search("When does the ferry leave?", { knowledgeBases });
   * for (const { title, text: passage } of sources) console.log(title, passage);
   */
  async search(
    question: string | readonly KnowledgeMessage[],
    options: KnowledgeOptions = {},
  ): Promise<KnowledgeAnswer> {
    return this.#stream("knowledge.search", question, options).output;
  }

  /**
   * The same as it comes: first that it searches, then the sources, then the text.
   * @throws at once InvalidArgumentError; the rest where it is read
   * @example
   * const stream = developer.knowledge.searchStream("When does the ferry leave?", { knowledgeBases });
   * for await (const { phase, textDelta } of stream) console.log(phase, textDelta);
   * const { sources } = await stream.output;
   */
  searchStream(question: string | readonly KnowledgeMessage[], options: KnowledgeOptions = {}): KnowledgeStream {
    return this.#stream("knowledge.searchStream", question, options);
  }

  /**
   * A search with follow-up questions: what was asked and answered is sent along.
   * @throws InvalidArgumentError
   * @example
   * const session = developer.knowledge.startSession({ knowledgeBases });
   * await session.ask("When does the ferry leave?");
   * const { text } = await session.ask("And on Sundays?");
   */
  startSession(options: KnowledgeSessionOptions = {}): KnowledgeSession {
    const { messages = [], ...search } = options;
    checkDeveloperCall("knowledge.startSession", search, entries);
    const past = messages.length === 0 ? [] : checkedMessages("knowledge.startSession", messages, "knowledge");
    const { underWay } = this.#api;
    const ask: KnowledgeSearch = (label, all, own) => this.#stream(label, all, { ...search, ...defined(own) });
    return new KnowledgeSession(ask, underWay, past);
  }

  /**
   * The ids of the models that can write an answer.
   * @throws AuthenticationError, ResponseShapeError and what every request throws
   * @example
   * const [model] = await developer.knowledge.models();
   */
  async models(options: CallOptions = {}): Promise<string[]> {
    checkDeveloperCall("knowledge.models", options);
    return readModelIds(this.#api, `${PATH}/models`, options);
  }

  #stream(label: string, question: string | readonly KnowledgeMessage[], options: KnowledgeOptions): KnowledgeStream {
    checkDeveloperCall(label, options, entries);
    const messages = checkedMessages(label, question, "knowledge");
    if (messages.at(-1)?.role === "assistant")
      throw new InvalidArgumentError(`${label}: messages: The last one is the assistant's. Put the question last.`);
    const { knowledgeBases = [], model = DEFAULT_MODEL, extraBody = {}, signal, ...call } = options;
    const list = knowledgeBases.length === 0 ? {} : { kb_list: knowledgeBases };
    const json = { messages, model, stream: true, ...list, ...defined(extraBody) };
    const path = `${PATH}/seek`;
    return new RunningAnswer(this.#api.underWay, signal, (linked) =>
      readAnswer(
        this.#api,
        { path, json, limits: ANSWER_LIMITS },
        { ...call, signal: linked },
        new KnowledgeReader(`POST ${path}`, this.#logger),
      ),
    );
  }
}
