import type { FlowithOptions } from "flowith-webapi";
import type { Account } from "./accounts/account.ts";
import type { GatewayMetrics } from "./service/metrics.ts";
import type { RequestEntry } from "./service/request-entry.ts";

/** How a gateway answers. All are optional; of limits, 0 is none. */
export interface GatewayOptions {
  /**
   * Options of the clients that are made for callers, such as `edgeUrl`, `supabaseUrl` and `supabaseKey` of another service.
   * A sign-in is not among them: it is the caller's.
   */
  flowith?:
    | Omit<FlowithOptions, "token" | "refreshToken" | "store" | "userId" | "verifierStore" | "jobStore">
    | undefined;
  /**
   * Whose account a credential opens; undefined refuses it with 401. `operatorKeys` makes one of a store of keys. Default: the
   * credential is the caller's own token of the web app or their own API key.
   */
  authenticate?: ((credential: string) => Promise<Account | undefined>) | undefined;
  /**
   * Default false. Lets models call tools by the web app's sign-in: tools are described in the prompt, and calls are read out
   * of the text. Without it such tools are ignored, and said to be. With an API key tools are the service's own.
   */
  toolBridge?: boolean | undefined;
  /** Default false. By the web app's sign-in, asks for texts without leaving a conversation on the user's canvas. */
  direct?: boolean | undefined;
  /**
   * Which models clients mean by the names that they send, for those that know names of another company: a name, or a
   * beginning with `*` at its end, and the id of a model of `GET /v1/models`. A whole name wins, else the longest beginning,
   * also over a model whose id is the name. Default: none.
   * @example { "claude-haiku-*": "gpt-4.1-mini", "claude-*": "gpt-5" }
   */
  models?: Readonly<Record<string, string>> | undefined;
  /** How many callers' clients are kept, those at work beyond it; the least recently used goes first. Default 1_000. */
  maxClients?: number | undefined;
  /**
   * After how long a caller's client is let go that has answered nothing, in ms, so that sessions do not lie in memory for
   * nothing; it is seen to when another caller asks. Default 3_600_000 (an hour).
   */
  clientIdleMs?: number | undefined;
  /**
   * How many answers of `/v1/responses` are kept in memory, of all callers together and up to 64 Mi characters, so that
   * `previous_response_id` finds them, and as many threads of `/v1/messages`; the least recently used goes first.
   * Default 1_000; 0 keeps none.
   */
  maxResponses?: number | undefined;
  /** Silence after which a stream sends a comment, or to Anthropic's clients a `ping`, in ms, so that no proxy ends it. Default 15_000. */
  keepAliveMs?: number | undefined;
  /** The largest body that is read, in bytes; a larger one is a 413. Default 33_554_432 (32 MiB). */
  maxBodyBytes?: number | undefined;
  /** How long a body may take, in ms from when it is first read; then 408. Default 60_000. */
  bodyTimeoutMs?: number | undefined;
  /** How long a request may take to the end of its answer, in ms; then 504, or an error in the stream. Default 900_000. */
  requestTimeoutMs?: number | undefined;
  /** How many requests may be under way; more are a 503 with `retry-after`. Default 1_000. */
  maxConcurrent?: number | undefined;
  /** How many of them may be of one API key; more are a 429 with `retry-after`. Default 100. */
  maxConcurrentPerCaller?: number | undefined;
  /** How many requests of one API key may begin in a minute by the clock; more are a 429 with `retry-after`. Default 0. */
  requestsPerMinute?: number | undefined;
  /** Origins whose pages may ask below `/v1`, such as `https://app.example`; `["*"]` is all. Default none. */
  corsOrigins?: readonly string[] | undefined;
  /**
   * Origins whose pages may use the SDK with this gateway between: `edgeUrl` is its address and `/edge`, `supabaseUrl` its
   * address and `/supabase`. Pages sign in by themselves. Default none, and there are no such routes then.
   */
  passThroughOrigins?: readonly string[] | undefined;
  /** Is told of each request when its answer has ended: one line of a log. What it throws is dropped. */
  onRequest?: ((entry: RequestEntry) => void) | undefined;
  /** Counts requests and serves `GET /metrics`, which needs no API key: let no proxy pass it on. Default none. */
  metrics?: GatewayMetrics | undefined;
}
