import { EdgeClient } from "./edge/edge-client.ts";
import { HttpClient } from "./edge/http-client.ts";
import { RowCalls } from "./edge/row-calls.ts";
import { EventConnection } from "./events/event-connection.ts";
import { RowWatch } from "./events/row-watch.ts";
import type { FileSource } from "./files-port.ts";
import { type ConversationOptions, ConversationSession } from "./generation/conversation-session.ts";
import type { GenerationStream } from "./generation/generation-stream.ts";
import { Generator, type GeneratorServices } from "./generation/generator.ts";
import type { GenerationOutput, ImageOutput, VideoOutput } from "./generation/outputs.ts";
import type { GenerateOptions, ImageOptions, VideoOptions } from "./generation/verb-options.ts";
import { type LeveledLogger, type LogLevel, leveledLogger } from "./logger.ts";
import type { FlowithClientOptions } from "./options.ts";
import { checkOptions } from "./options-check.ts";
import type { Platform } from "./platform.ts";
import { Canvas } from "./resources/canvas.ts";
import { Conversations } from "./resources/conversations.ts";
import { type FileRecord, type UploadOptions, uploadFile } from "./resources/upload-file.ts";
import { SessionManager } from "./session/session-manager.ts";
import { parseSession } from "./wire/auth-session.ts";

const EDGE_URL = "https://edge.flowith.io";
const SUPABASE_URL = "https://aibdxsebwhalbnugsqel.supabase.co";
const SUPABASE_KEY = "sb_publishable_qPCinc8LE8ChpdT7Pf79tQ_eryz5udr";

/**
 * The SDK's client without a runtime: each entry of `flowith-webapi` exports a `Flowith` over it. Making one costs no
 * request, timer or connection. `console.log(client)` and `JSON.stringify(client)` show no token.
 */
export class FlowithClient {
  /** Conversations on the canvas. */
  readonly conversations: Conversations;
  readonly #services: GeneratorServices;
  readonly #generator: Generator;
  readonly #logger: LeveledLogger;

  /** @throws InvalidArgumentError for an option that is unknown or of the wrong type */
  constructor(options: FlowithClientOptions, platform: Platform) {
    checkOptions("Flowith", options);
    this.#logger = leveledLogger(options.logger, options.logLevel);
    this.#services = buildServices(options, platform, this.#logger);
    this.#generator = new Generator(this.#services);
    this.conversations = new Conversations(this.#services.canvas);
  }

  /**
   * Generates a text and waits for all of it. The job lives in a new conversation unless `convId` says otherwise.
   * @throws InvalidArgumentError, AuthenticationError, InsufficientCreditsError, RateLimitError, JobFailedError,
   * StreamTruncatedError, TimeoutError, ConnectionError; `signal.reason` when the caller aborts
   */
  async generate(prompt: string, options: GenerateOptions = {}): Promise<GenerationOutput> {
    return this.#generator.generate(prompt, options);
  }

  /**
   * Generates a text and gives it out as it is written. Iterating it throws what `generate` throws.
   * @throws InvalidArgumentError at once
   */
  generateStream(prompt: string, options: GenerateOptions = {}): GenerationStream {
    return this.#generator.generateStream(prompt, options);
  }

  /** Generates a picture and waits for its URL. @throws what `generate` throws */
  async generateImage(prompt: string, options: ImageOptions = {}): Promise<ImageOutput> {
    return this.#generator.generateImage(prompt, options);
  }

  /**
   * Generates a clip and waits for its URL, which takes minutes. Limit: 900 s.
   * @throws what `generate` throws
   */
  async generateVideo(prompt: string, options: VideoOptions = {}): Promise<VideoOutput> {
    return this.#generator.generateVideo(prompt, options);
  }

  /** Begins a conversation that remembers its turns, or takes up an existing one. Makes no request by itself. */
  startConversation(options: ConversationOptions = {}): ConversationSession {
    checkOptions("startConversation", options);
    const generator = this.#generator;
    const verbs = {
      canvas: this.#services.canvas,
      generate: generator.generate.bind(generator),
      generateImage: generator.generateImage.bind(generator),
    };
    return new ConversationSession(verbs, options);
  }

  /**
   * Stores a file; its `reference` names it in a prompt. A string that begins with http: or https: is fetched and
   * stored, any other is a path.
   * @throws InvalidArgumentError over `maxBytes` (20 MiB) before a byte is sent; FileUploadError
   */
  async uploadFile(source: string | URL | FileSource, options: UploadOptions = {}): Promise<FileRecord> {
    return uploadFile(this.#services, source, options);
  }

  setLogLevel(level: LogLevel): void {
    this.#logger.setLevel(level);
  }

  /**
   * Ends everything at once: jobs and requests under way reject with an `AbortError`. Not needed for a script to exit,
   * since the event connection closes by itself after the last job. The client can be used again.
   */
  close(): void {
    const reason = new DOMException("The client was closed.", "AbortError");
    for (const wait of this.#services.waits) wait.fail(reason);
    this.#services.http.abortAll(reason);
    this.#services.stream.close();
    this.#services.keepalive.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }
}

function buildServices(options: FlowithClientOptions, platform: Platform, logger: LeveledLogger): GeneratorServices {
  const platformFetch: typeof fetch = (input, init) => fetch(input, init);
  const session: SessionManager = new SessionManager({
    token: options.token,
    refreshToken: options.refreshToken,
    userId: options.userId,
    store: options.store ?? platform.defaults.store,
    waitUntil: options.waitUntil,
    refreshesInBackground: platform.refreshesInBackground,
    logger,
    refresh: async (refreshToken) => parseSession(await backend.auth.refresh(refreshToken, {}), "POST /auth/v1/token"),
  });
  const http = new HttpClient({
    fetch: options.fetch ?? platformFetch,
    middleware: options.middleware ?? [],
    authScheme: options.authScheme ?? "bare",
    headers: options.headers ?? {},
    maxRetries: options.maxRetries ?? 2,
    tokens: session,
    logger,
  });
  const rowCalls = new RowCalls(http);
  const backend = platform.createBackend({
    token: () => session.accessToken(),
    fetch: rowCalls.fetch,
    supabaseUrl: options.supabaseUrl ?? SUPABASE_URL,
    supabaseKey: options.supabaseKey ?? SUPABASE_KEY,
    logger,
  });
  const edge = new EdgeClient(http, options.edgeUrl ?? EDGE_URL);
  const canvas = new Canvas(backend.canvas, rowCalls);
  const connection = (name: string): EventConnection =>
    new EventConnection({
      name,
      open: async (signal) => edge.events(`/user_stream/${name}`, { user_id: await session.userId(signal) }, signal),
      livenessMs: options.livenessMs,
      lingerMs: options.lingerMs ?? platform.defaults.lingerMs ?? 1_000,
      reconnect: {
        minDelayMs: options.reconnect?.minDelayMs ?? 250,
        maxDelayMs: options.reconnect?.maxDelayMs ?? 10_000,
      },
      logger,
    });
  return {
    session,
    http,
    edge,
    canvas,
    waits: new Set(),
    stream: connection("stream"),
    keepalive: connection("sse"),
    rows: new RowWatch({ fetchRows: (ids, signal) => canvas.nodesByIds(ids, { signal }), logger }),
    files: platform.files,
    redirect: platform.uploadRedirect,
    timeout: options.timeout,
  };
}
