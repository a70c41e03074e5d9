import type { JobHandle } from "../errors/job-handle.ts";
import type { FetchLike, Middleware } from "../http/middleware.ts";
import type { JobStore } from "../jobs/job-store.ts";
import type { KeyValueStore } from "../session/key-value-store.ts";
import type { SessionStore } from "../session/session-store.ts";
import type { Logger, LogLevel } from "./logger.ts";

/** Limits in ms; 0 switches one off. See each verb for its defaults. A plain request knows `connectMs` and `totalMs` only. */
export interface TimeoutOptions {
  /** Until the response headers of a request come. Default 10_000. */
  connectMs?: number | undefined;
  /** Until the first event of a job comes. */
  firstEventMs?: number | undefined;
  /** Of silence: of a job after its first event, of a download between two bytes. */
  idleMs?: number | undefined;
  /** For the whole call. */
  totalMs?: number | undefined;
}

/** What every call takes. */
export interface CallOptions {
  /** Ends the call; what is thrown is the signal's own reason. */
  signal?: AbortSignal | undefined;
  timeout?: TimeoutOptions | undefined;
  headers?: Record<string, string> | undefined;
  /** How often a safe request is repeated after a failure that may pass. Default: the client's. */
  maxRetries?: number | undefined;
  /** Sees the response before it is read; of a job, that of its post only. */
  onResponse?: ((response: Response) => void) | undefined;
}

/** How far a call has come. There is no percentage: the service does not send one. */
export interface Progress {
  phase: "uploading" | "submitted" | "waiting" | "downloading";
  /** ms since the call began. */
  elapsedMs: number;
  status?: string | undefined;
  sentBytes?: number | undefined;
  receivedBytes?: number | undefined;
  totalBytes?: number | undefined;
}

/** What all jobs take. */
export interface JobOptions extends CallOptions {
  model?: string | undefined;
  /** The conversation to work in. Default: a new one. */
  convId?: string | undefined;
  /** The node to hang under. Default: the conversation itself. */
  parentId?: string | undefined;
  /** Merged into the body of the post, over what this SDK puts there. What is undefined is left out. */
  extraBody?: Record<string, unknown> | undefined;
  /** Awaited before the post: store the handle, and a paid result is never lost. If it throws, nothing is posted. */
  onSubmit?: ((handle: JobHandle) => void | Promise<void>) | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** Options of the client. All are optional: `models.list()` and sign-in work without a token. */
export interface FlowithClientOptions {
  /** The Supabase access token (a JWT, valid for about 1 h). */
  token?: string | undefined;
  /** Single use; each refresh brings a new one, which goes to `store`. */
  refreshToken?: string | undefined;
  /** Default: the token's `sub`. */
  userId?: string | undefined;
  /**
   * Where the session lives between runs. Default: memory. What it holds and `token` are compared at the first call: of
   * one user's two the one that expires later wins; another user's session is not used, and `token` replaces it there. A
   * `refreshToken` alone names nobody: what the store holds goes before it, unless `userId` says that it is another's.
   */
  store?: SessionStore | undefined;
  /**
   * Keeps the secret of a sign-in by `auth.signInWithOAuth` from the redirect to its return; one store a person, such as
   * a cookie on a server. Default: `sessionStorage` in a page, else memory.
   */
  verifierStore?: KeyValueStore | undefined;
  /** Keeps the handles of jobs in flight, written before each post: see `flowith.jobs.pending()`. */
  jobStore?: JobStore | undefined;
  /** Default `https://edge.flowith.io`. */
  edgeUrl?: string | undefined;
  /** Default `https://aibdxsebwhalbnugsqel.supabase.co`. */
  supabaseUrl?: string | undefined;
  /** The publishable key: it names the app and grants nothing. */
  supabaseKey?: string | undefined;
  /** How the token goes to the edge. Default `bare`, as the web app sends it. */
  authScheme?: "bare" | "bearer" | undefined;
  /** Default: the platform's. */
  fetch?: FetchLike | undefined;
  /** Added to every request to the edge and to Supabase. */
  headers?: Record<string, string> | undefined;
  /** Goes round every request, the first one outermost. */
  middleware?: Middleware[] | undefined;
  /** Of generation jobs; other calls take theirs per call. */
  timeout?: TimeoutOptions | undefined;
  /** Silence after which the event connection is made anew. Default 15_000 once it has sent a heartbeat, 60_000 before. */
  livenessMs?: number | undefined;
  /** How long the event connection outlives the last job. Default 1_000; 0 in Workers. */
  lingerMs?: number | undefined;
  /** Waits between attempts to connect anew: 250 doubling to 10_000, with jitter. */
  reconnect?: { minDelayMs?: number | undefined; maxDelayMs?: number | undefined } | undefined;
  /** Of plain requests that are safe to repeat. Default 2. */
  maxRetries?: number | undefined;
  /**
   * Default `error`: what a picture or clip is asked for is checked against the live catalogue of models before anything
   * is sent, and refused with an `InvalidArgumentError` where the catalogue says that the model lacks it. The catalogue
   * is fetched at most hourly; where it cannot be had, the job goes on.
   */
  validate?: "error" | "off" | undefined;
  /** Default `console`; silent all the same until `logLevel` says otherwise. */
  logger?: Logger | undefined;
  logLevel?: LogLevel | undefined;
  /** Workers: lets a background refresh outlive the response. */
  waitUntil?: ((work: Promise<unknown>) => void) | undefined;
}
