import { repeatPlainly } from "../http/repeat-plainly.ts";
import { placesOf, RequestBudget } from "../http/request-budget.ts";
import { Transport } from "../http/transport.ts";
import type { MediaSaver } from "../media/save-port.ts";
import { DEFAULT_EDGE_URL } from "../options/default-addresses.ts";
import { leveledLogger } from "../options/logger.ts";
import type { CallOptions } from "../options/options.ts";
import { checkAgainst } from "../options/options-check.ts";
import { trimmed } from "../text/paste-accident.ts";
import { addCompiledDispose } from "../timing/compiled-dispose.ts";
import { type AnswerStream, RunningAnswer } from "./answer-stream.ts";
import type { ChatChunk, ChatOutput } from "./chat-answer.ts";
import { type ChatOptions, chatBody, checkChat, modelsOf } from "./chat-options.ts";
import { ChatReader } from "./chat-reader.ts";
import { DeveloperApi } from "./developer-api.ts";
import { DeveloperMedia, type DeveloperPicture } from "./developer-media.ts";
import { type ChatMessage, checkedMessages } from "./developer-messages.ts";
import { type DeveloperClientOptions, developerOptionsSchema } from "./developer-options.ts";
import { Knowledge } from "./knowledge.ts";
import type {
  DeveloperImageOptions,
  DeveloperMediaOptions,
  DeveloperMusicOptions,
  DeveloperVideoOptions,
} from "./media-options.ts";
import type { MediaTask, TaskHandle } from "./media-task.ts";
import { ANSWER_LIMITS, readAnswer } from "./read-answer.ts";
import { resultMaker } from "./result-media.ts";
import { unlessUnpaid } from "./unless-unpaid.ts";

/** What a runtime's entry gives to the client of the developer API. */
export interface DeveloperPlatform {
  files: MediaSaver;
  /** False where requests that are served side by side may share values only, never promises (Workers). */
  sharesPromises: boolean;
}

/** A chat's answer as it comes. */
export type ChatStream<Name extends string = string> = AnswerStream<ChatChunk, ChatOutput<Name>>;

const PATH = "/external/use/llm";
const NOT_FOUND_ADVICE =
  "Since August 2026 the service has been seen to answer so for every model: it may have no chat by API keys any more.";

/**
 * A client of the developer API, which needs an API key and no session. Making one costs no request, timer or connection.
 * `console.log(client)` and `JSON.stringify(client)` show no key.
 */
export class DeveloperClient {
  /** Search in knowledge bases, with sources. */
  readonly knowledge: Knowledge;
  readonly #api: DeveloperApi;
  readonly #media: DeveloperMedia;

  /** @throws InvalidArgumentError for an option that is unknown or of the wrong type */
  constructor(options: DeveloperClientOptions, platform: DeveloperPlatform) {
    checkAgainst("FlowithDeveloper", developerOptionsSchema, options);
    addCompiledDispose(this);
    const edgeUrl = (options.edgeUrl ?? DEFAULT_EDGE_URL).trim().replace(/\/+$/, "");
    const logger = leveledLogger(options.logger, options.logLevel);
    const transport = new Transport({
      repeat: unlessUnpaid(repeatPlainly),
      fetch: options.fetch ?? ((input, init) => fetch(input, init)),
      middleware: options.middleware ?? [],
      headers: options.headers ?? {},
      maxRetries: options.maxRetries ?? 2,
      places: placesOf(new RequestBudget(options.maxRequests ?? 32), platform.sharesPromises),
      logger,
    });
    this.#api = new DeveloperApi(transport, edgeUrl, trimmed(options.apiKey), options.timeout);
    this.knowledge = new Knowledge(this.#api, logger);
    const { underWay } = this.#api;
    const { files } = platform;
    this.#media = new DeveloperMedia({ api: this.#api, media: resultMaker({ transport, files }, underWay, logger) });
  }

  /**
   * Answers a prompt, or messages in the form of the chat completions API, and waits for all of it. It is billed, and so never
   * posted again where it may have been taken. 300 s may pass until its first byte, and between any two; behind its reason to
   * finish 5 s, and then it is whole.
   * @throws InvalidArgumentError, AuthenticationError, InsufficientCreditsError, RateLimitError, NotFoundError, TimeoutError,
   *   ConnectionError, ValidationError; JobFailedError where the service reports a failure, and with the reasons `empty_answer`
   *   where it says nothing and `content_policy` where the model refuses or a filter takes the answer; ToolCallError with the
   *   reasons `tool_call_cut`, `tool_call_invalid` and `unknown_tool`, the last of which its `output` helps to answer;
   *   `signal.reason` when the caller aborts
   * @example
   * const { text, usage } = await developer.chat("Name a city in Poland.", { model: "gpt-4.1-nano" });
   */
  async chat<const Name extends string = string>(
    prompt: string | readonly ChatMessage[],
    options: ChatOptions<Name> = {},
  ): Promise<ChatOutput<Name>> {
    return this.#chat("chat", prompt, options, false).output;
  }

  /**
   * The same as it comes.
   * @throws at once InvalidArgumentError; the rest where it is read, with what had come as `partial`; StreamTruncatedError
   *   where the answer ends without the mark of its end
   * @example
   * const stream = developer.chatStream("Write a haiku.", { thinking: true });
   * for await (const { textDelta } of stream) console.log(textDelta);
   * const { reasoning, finishReason } = await stream.output;
   */
  chatStream<const Name extends string = string>(
    prompt: string | readonly ChatMessage[],
    options: ChatOptions<Name> = {},
  ): ChatStream<Name> {
    return this.#chat("chatStream", prompt, options, true);
  }

  /**
   * Makes a picture in one request, of 5 to 15 s. It is billed, and so never posted again where it may have been taken.
   * @throws InvalidArgumentError, AuthenticationError, InsufficientCreditsError, RateLimitError, JobFailedError, TimeoutError
   * @example
   * const { image, cost } = await developer.generateImage("A ripe banana", { aspectRatio: "1:1" });
   * await image.save("pictures");
   */
  async generateImage(prompt: string, options: DeveloperImageOptions = {}): Promise<DeveloperPicture> {
    return this.#media.image(prompt, options);
  }

  /**
   * Starts a clip, of 2 to 5 min. It is billed, and so never posted again where it may have been taken.
   * @throws InvalidArgumentError, AuthenticationError, InsufficientCreditsError, RateLimitError, ConnectionError
   * @example
   * const task = await developer.submitVideo("A cat on a beach", { durationSeconds: 5 });
   * const { media } = await task.wait();
   */
  async submitVideo(prompt: string, options: DeveloperVideoOptions = {}): Promise<MediaTask> {
    return this.#media.video(prompt, options);
  }

  /**
   * Starts a piece of music, of 1 to 3 min. It is billed, and so never posted again where it may have been taken.
   * @param prompt 10 to 300 characters
   * @throws InvalidArgumentError, AuthenticationError, InsufficientCreditsError, RateLimitError, ConnectionError
   * @example
   * const task = await developer.submitMusic("A slow waltz for a ferry", { lyrics: "[Instrumental]" });
   * const { media } = await task.wait();
   */
  async submitMusic(prompt: string, options: DeveloperMusicOptions = {}): Promise<MediaTask> {
    return this.#media.music(prompt, options);
  }

  /**
   * Starts a 3D model (a `.glb`) after a picture, of 1 to 2 min. It is billed, and so never posted again where it may have been
   * taken.
   * @param imageUrl a URL that the service can open
   * @throws InvalidArgumentError, AuthenticationError, InsufficientCreditsError, RateLimitError, ConnectionError
   * @example
   * const task = await developer.submit3D("https://files.example/chair.png");
   * const { media } = await task.wait();
   */
  async submit3D(imageUrl: string, options: DeveloperMediaOptions = {}): Promise<MediaTask> {
    return this.#media.model3D(imageUrl, options);
  }

  /**
   * A task by its handle, as `JSON.stringify(task)` or `task.handle` gave it: in another process, or tomorrow. No request.
   * @throws InvalidArgumentError for what is no handle
   * @example
   * const saved = JSON.stringify(await developer.submitVideo("A cat on a beach"));
   * const { media } = await developer.resume(JSON.parse(saved)).wait();
   */
  resume(handle: TaskHandle): MediaTask {
    return this.#media.resume(handle);
  }

  /**
   * The ids of the models that make pictures; the shape of the answer is not known, and read leniently.
   * @example
   * const [model] = await developer.imageModels();
   */
  async imageModels(options: CallOptions = {}): Promise<string[]> {
    return this.#media.models("image", options);
  }

  /**
   * The ids of the models that make clips; the shape of the answer is not known, and read leniently.
   * @example
   * const [model] = await developer.videoModels();
   */
  async videoModels(options: CallOptions = {}): Promise<string[]> {
    return this.#media.models("video", options);
  }

  /**
   * Ends everything that is under way with an `AbortError`. The client can be used again.
   * @example
   * developer.close();
   */
  close(): void {
    this.#api.abortAll(new DOMException("The client was closed.", "AbortError"));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }

  #chat<Name extends string>(
    label: string,
    prompt: string | readonly ChatMessage[],
    options: ChatOptions<Name>,
    stream: boolean,
  ): AnswerStream<ChatChunk, ChatOutput<Name>> {
    checkChat(label, options);
    const messages = checkedMessages(label, prompt, "chat");
    const { signal, timeout, headers, maxRetries, onResponse } = options;
    const post = {
      path: PATH,
      json: chatBody(messages, options, stream),
      limits: ANSWER_LIMITS,
      notFoundAdvice: NOT_FOUND_ADVICE,
    };
    const count = options.extraBody?.n;
    const choiceCount = typeof count === "number" ? count : undefined;
    const models = modelsOf(options);
    const [model = ""] = models;
    return new RunningAnswer<ChatChunk, ChatOutput<Name>>(this.#api.underWay, signal, (linked) => {
      const call = { timeout, headers, maxRetries, onResponse, signal: linked };
      const reader = new ChatReader<Name>({
        label: `POST ${PATH}`,
        model,
        tools: options.tools,
        choiceCount,
        hasSeveralModels: models.length > 1,
      });
      return readAnswer(this.#api, post, call, reader);
    });
  }
}
