import { type ConversationOptions, checkConversation } from "../conversation/conversation-options.ts";
import { ConversationSession, type ConversationVerbs } from "../conversation/conversation-session.ts";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import type { JobHandle, JobKind } from "../errors/job-handle.ts";
import type { ConnectionEvent } from "../events/connection-event.ts";
import type { FileSource } from "../files/file-source.ts";
import { type FileRecord, type UploadOptions, uploadFile } from "../files/upload-file.ts";
import { placesOf, RequestBudget } from "../http/request-budget.ts";
import type { BatchJobs } from "../kinds/batch-jobs.ts";
import type { ImageOptions, ImageOutput } from "../kinds/image.ts";
import { type Job, resumeJob } from "../kinds/job.ts";
import type { Message } from "../kinds/messages.ts";
import { generateTitle } from "../kinds/text/generate-title.ts";
import type { GenerateOptions } from "../kinds/text/text-options.ts";
import type { GenerationOutput } from "../kinds/text/text-output.ts";
import type { GenerationStream } from "../kinds/text/text-stream.ts";
import type { VideoOptions, VideoOutput } from "../kinds/video.ts";
import type { GeneratedMedia } from "../media/generated-media.ts";
import type { StoredMediaOptions } from "../media/stored-media.ts";
import { Listeners } from "../options/listeners.ts";
import { type LeveledLogger, type LogLevel, leveledLogger } from "../options/logger.ts";
import type { CallOptions } from "../options/options.ts";
import { checkAgainst, checkLogLevel } from "../options/options-check.ts";
import type { Account } from "../resources/account.ts";
import type { Auth } from "../resources/auth.ts";
import type { Campaigns } from "../resources/campaigns.ts";
import type { Community } from "../resources/community.ts";
import type { Content } from "../resources/content.ts";
import type { Conversations } from "../resources/conversations.ts";
import { edgeRequest, type RequestOptions } from "../resources/edge-request.ts";
import { Events } from "../resources/events.ts";
import { Jobs } from "../resources/jobs.ts";
import type { Models } from "../resources/models.ts";
import type { Presence } from "../resources/presence.ts";
import type { Templates } from "../resources/templates.ts";
import { addCompiledDispose } from "../timing/compiled-dispose.ts";
import { clientOptionsSchema, type FlowithClientOptions } from "./client-options.ts";
import type { Platform } from "./platform.ts";
import { type Wiring, wire } from "./wiring.ts";

/**
 * The SDK's client without a runtime: each entry of `flowith-webapi` exports a `Flowith` over it. Making one costs no
 * request, timer or connection. `console.log(client)` and `JSON.stringify(client)` show no token.
 */
export class FlowithClient {
  /** Sign-in, sign-out and the session in use. */
  readonly auth: Auth;
  /** Conversations on the canvas. */
  readonly conversations: Conversations;
  /** Credits, profile, stored files and subscriptions. */
  readonly account: Account;
  /** The live catalogue of models. */
  readonly models: Models;
  /** Prompts to start from. */
  readonly templates: Templates;
  /** News of the service, and the user's projects. */
  readonly content: Content;
  /** Rewards and campaigns. */
  readonly campaigns: Campaigns;
  /** The places around the service. */
  readonly community: Community;
  /** Who is online. */
  readonly presence: Presence;
  /** Jobs in flight, where the options have a `jobStore`. */
  readonly jobs: Jobs;
  /** The event connections. */
  readonly events: Events;
  /**
   * `fetch` for the service's own addresses, signed in as this client is: for what has no verb here. A URL under
   * `supabaseUrl` and `/rest/v1`, `/auth/v1`, `/storage/v1`, `/functions/v1` or `/realtime/v1` gets the key and the token,
   * one under `edgeUrl` the token as the edge wants it; `authorization` and `apikey` of yours are replaced. Of `init`,
   * `method`, `headers`, `body` and `signal` count.
   *
   * It resolves to the response whatever its status, after one refresh where that is 401. Redirects are not followed. GET
   * and HEAD are repeated as the option `maxRetries` says, nothing else. The headers have 10 s to come; the body has no
   * limit, and is to be read or cancelled, as after any `fetch`. It works without its client: `const { fetch } = flowith`.
   * @throws InvalidArgumentError, before any request, for any other URL; AuthenticationError where no token can be had;
   * ConnectionError; TimeoutError; `init.signal.reason` when the caller aborts
   * @example
   * const response = await flowith.fetch(`${flowith.supabaseUrl}/rest/v1/conversation?select=id`);
   * const rows = await response.json();
   */
  readonly fetch: (input: string | URL, init?: RequestInit) => Promise<Response>;
  readonly #parts: Wiring;
  readonly #logger: LeveledLogger;
  readonly #sharesPromises: boolean;

  /** @throws InvalidArgumentError for an option that is unknown or of the wrong type */
  constructor(options: FlowithClientOptions, platform: Platform) {
    checkAgainst("Flowith", clientOptionsSchema, options);
    addCompiledDispose(this);
    this.#logger = leveledLogger(options.logger, options.logLevel);
    this.#sharesPromises = platform.sharesPromises;
    const listeners = new Listeners<ConnectionEvent>("events.onConnection", this.#logger);
    this.#parts = wire(options, platform, this.#logger, (event) => listeners.tell(() => event));
    const { auth, resources, channels, resume, kinds } = this.#parts;
    this.auth = auth;
    this.fetch = this.#parts.fetch;
    this.conversations = resources.conversations;
    this.account = resources.account;
    this.models = resources.models;
    this.templates = resources.templates;
    this.content = resources.content;
    this.campaigns = resources.campaigns;
    this.community = resources.community;
    this.presence = resources.presence;
    this.jobs = new Jobs(resume, kinds);
    this.events = new Events(listeners, channels);
  }

  /** For what is built on this client: jobs of a batch that can be killed and run again. */
  protected get batchJobs(): BatchJobs {
    return this.#parts.batchJobs;
  }

  /** Where tables, sign-in and files are: the option, or its default. */
  get supabaseUrl(): string {
    return this.#parts.addresses.supabaseUrl;
  }

  /** The publishable key of the app, which grants nothing: the option, or its default. */
  get supabaseKey(): string {
    return this.#parts.addresses.supabaseKey;
  }

  /**
   * Generates a text and waits for all of it. The job lives in a new conversation unless `convId` says otherwise.
   * @throws InvalidArgumentError, AuthenticationError, InsufficientCreditsError, RateLimitError, JobFailedError,
   * StreamTruncatedError, TimeoutError, ConnectionError; `signal.reason` when the caller aborts
   * @example
   * const { text, reasoning } = await flowith.generate("Name a city in Poland.", { model: "gpt-4.1-nano" });
   */
  async generate(prompt: string, options: GenerateOptions = {}): Promise<GenerationOutput> {
    return this.#parts.verbs.stream(prompt, options).output;
  }

  /**
   * Generates a text and gives it out as it is written. Iterating it throws what `generate` throws.
   * @throws InvalidArgumentError at once
   * @example
   * for await (const chunk of flowith.generateStream("Write a haiku.")) console.log(chunk.textDelta);
   */
  generateStream(prompt: string, options: GenerateOptions = {}): GenerationStream {
    return this.#parts.verbs.stream(prompt, options);
  }

  /**
   * Generates a picture and waits for its URL.
   * @throws what `generate` throws
   * @example
   * const { image } = await flowith.generateImage("A ripe banana", { aspectRatio: "1:1" });
   * await image.save("pictures");
   */
  async generateImage(prompt: string, options: ImageOptions = {}): Promise<ImageOutput> {
    return this.#parts.verbs.run("image", "generateImage", prompt, options);
  }

  /**
   * Generates a clip and waits for its URL, which takes minutes. Limit: 900 s.
   * @throws what `generate` throws
   * @example
   * const video = await flowith.generateVideo("A cat on a beach", { audio: false });
   * await video.save("clips");
   */
  async generateVideo(prompt: string, options: VideoOptions = {}): Promise<VideoOutput> {
    return this.#parts.verbs.run("video", "generateVideo", prompt, options);
  }

  /**
   * A title for a conversation, by the service's own model; it is given back, not stored: `conversations.rename` does
   * that. Limit: 30 s.
   * @param about a prompt, or the messages of a conversation such as `session.history()` gives
   * @throws InvalidArgumentError, AuthenticationError, ResponseShapeError for an empty title, and so on
   * @example
   * await flowith.conversations.rename(convId, await flowith.generateTitle("How do tides work?"));
   */
  async generateTitle(about: string | readonly Message[], options: CallOptions = {}): Promise<string> {
    return generateTitle(this.#parts.edge, about, options);
  }

  /**
   * Starts a text and returns as soon as it was taken.
   * @throws what `generate` throws before that
   * @example
   * const job = await flowith.submitText("Write a novel.");
   * const { text } = await job.wait();
   */
  async submitText(prompt: string, options: GenerateOptions = {}): Promise<Job<"text">> {
    return this.resume(await this.#parts.verbs.submit("text", "submitText", prompt, options));
  }

  /**
   * Starts a picture and returns as soon as it was taken.
   * @throws what `generateImage` throws before that
   * @example
   * const job = await flowith.submitImage("A ripe banana");
   * const { image } = await job.wait();
   */
  async submitImage(prompt: string, options: ImageOptions = {}): Promise<Job<"image">> {
    return this.resume(await this.#parts.verbs.submit("image", "submitImage", prompt, options));
  }

  /**
   * Starts a clip and returns as soon as it was taken.
   * @throws what `generateVideo` throws before that
   * @example
   * const job = await flowith.submitVideo("A cat on a beach");
   * await writeFile("job.json", JSON.stringify(job));
   */
  async submitVideo(prompt: string, options: VideoOptions = {}): Promise<Job<"video">> {
    return this.resume(await this.#parts.verbs.submit("video", "submitVideo", prompt, options));
  }

  /**
   * A job by its handle, from `onSubmit`, `job.toJSON()` or a store: in another process, another request, tomorrow.
   * Makes no request by itself.
   * @throws InvalidArgumentError where the handle is none; `wait` and `status` reject for another user's
   * @example
   * const { handle } = await flowith.submitText("Write a novel.");
   * const { text } = await flowith.resume(handle).wait();
   */
  resume<K extends JobKind>(handle: JobHandle<K>): Job<K> {
    return resumeJob(this.#parts.resume, this.#parts.kinds, handle);
  }

  /**
   * Begins a conversation that remembers its turns, or takes up an existing one. Makes no request by itself.
   * @example
   * const session = flowith.startConversation({ convId });
   * const { text } = await session.send("And what else?");
   */
  startConversation(options: ConversationOptions = {}): ConversationSession {
    checkConversation(options);
    const { canvas, verbs, edge, background, turns } = this.#parts;
    const session: ConversationVerbs = {
      canvas,
      turns,
      background,
      generateTitle: (about, call) => generateTitle(edge, about, call),
      titleConversation: canvas.titleConversation.bind(canvas),
      deleteConversation: this.conversations.delete.bind(this.conversations),
      own: verbs.own.bind(verbs),
      generateStream: verbs.stream.bind(verbs),
      generateImage: (prompt, options, context) => verbs.run("image", "generateImage", prompt, options, context),
      generateVideo: (prompt, options, context) => verbs.run("video", "generateVideo", prompt, options, context),
    };
    return new ConversationSession(session, options);
  }

  /**
   * Stores a file; its `reference` names it in a prompt. A string that begins with http:, https:, data:, blob: or file: is
   * a URL, any other is a path. What lies on the web is fetched, without the token.
   * @throws InvalidArgumentError over `maxBytes` (20 MiB) before a byte is sent; FileUploadError; ResponseShapeError where a
   *   host answers with a page, a part of the file or nothing
   * @example
   * const file = await flowith.uploadFile("session.json");
   * const { text } = await flowith.generate(`What is in ${file.reference}?`);
   */
  async uploadFile(source: string | URL | FileSource, options: UploadOptions = {}): Promise<FileRecord> {
    return uploadFile(this.#parts.uploads, source, options);
  }

  /**
   * A picture, clip or file that lies with the service, by its URL, such as `text` of a node of the canvas. It is fetched when
   * it is asked for, without the token. Makes no request by itself.
   * @throws InvalidArgumentError for a URL that no file is fetched from
   * @example
   * for (const { text, type } of await flowith.conversations.nodes(convId))
   *   if (type === "2" && URL.canParse(text)) await flowith.media(text).save("pictures");
   */
  media(url: string, options: StoredMediaOptions = {}): GeneratedMedia {
    return this.#parts.media(url, options);
  }

  /**
   * Sends any request to the edge API, with the authorization, limits, retries and errors of the SDK's own requests. A
   * request that is no read is never repeated once it may have arrived.
   * @param path from the slash on, such as `/user/credits`
   * @returns the parsed JSON, or the text where the answer says that it is none
   * @throws InvalidArgumentError, APIError and its like, ConnectionError, TimeoutError
   * @example
   * const credits = await flowith.request("GET", "/user/credits");
   */
  async request(method: string, path: string, options: RequestOptions = {}): Promise<unknown> {
    return edgeRequest(this.#parts.edge, method, path, options);
  }

  /**
   * Changes what is logged, from now on. See the options `logger` and `logLevel`.
   * @throws InvalidArgumentError
   * @example
   * flowith.setLogLevel("debug");
   */
  setLogLevel(level: LogLevel): void {
    checkLogLevel("setLogLevel", level);
    this.#logger.setLevel(level);
  }

  /**
   * Counts this client's plain requests together with those of all clients that share the same budget, from the next one on
   * and in place of `maxRequests`. A `ClientPool` does it for its clients.
   * @throws InvalidArgumentError for what is no `RequestBudget`
   * @example
   * const budget = new RequestBudget(64);
   * for (const client of [flowith, new Flowith()]) client.shareRequests(budget);
   */
  shareRequests(budget: RequestBudget): void {
    if (!(budget instanceof RequestBudget)) throw new InvalidArgumentError("shareRequests: expected a RequestBudget.");
    this.#parts.transport.usePlaces(placesOf(budget, this.#sharesPromises));
  }

  /**
   * Whether anything is under way that `close()` would end: a job that is waited for, a turn in its queue, a request, a stream
   * that is read, and the event connection for as long as it outlives the last job.
   */
  get isBusy(): boolean {
    const { tracker, transport, turns, background, connections } = this.#parts;
    return !(tracker.isIdle && transport.isIdle && turns.isIdle && background.isIdle) || connections.size > 0;
  }

  /**
   * Ends everything at once: jobs, requests and turns that wait for their place reject with an `AbortError`. Not needed for
   * a script to exit, since the event connection closes by itself after the last job. The client can be used again.
   * @example
   * const answer = flowith.generate("Write a novel.");
   * flowith.close();
   * await answer.catch((error) => console.log(error.name));
   */
  close(): void {
    const reason = new DOMException("The client was closed.", "AbortError");
    this.#parts.background.abortAll();
    this.#parts.turns.abortAll(reason);
    this.#parts.tracker.failAll(reason);
    this.#parts.transport.abortAll(reason);
    for (const connection of this.#parts.connections) connection.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }
}
