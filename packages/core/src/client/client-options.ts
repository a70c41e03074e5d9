import * as v from "valibot";
import type { FetchLike, Middleware } from "../http/middleware.ts";
import type { JobStore } from "../jobs/job-store.ts";
import type { Logger, LogLevel } from "../options/logger.ts";
import {
  callable,
  count,
  filledText,
  headers,
  jobStore,
  milliseconds,
  port,
  positiveCount,
  serviceUrl,
  text,
  without,
} from "../options/option-values.ts";
import type { TimeoutOptions } from "../options/options.ts";
import { logLevel, timeoutSchema } from "../options/options-check.ts";
import type { KeyValueStore } from "../session/key-value-store.ts";
import type { SessionStore } from "../session/session-store.ts";
import { pasteAccident } from "../text/paste-accident.ts";

/** Times of the event connection, in ms. */
export interface EventOptions {
  /** Silence after which it is made anew. Default 15_000 once it has sent a heartbeat, 60_000 before. */
  livenessMs?: number | undefined;
  /** How long it outlives the last job. Default 1_000; 0 in Workers. */
  lingerMs?: number | undefined;
  /** The first wait before it is made anew, which then doubles, with jitter. Default 250. */
  minDelayMs?: number | undefined;
  /** The longest of these waits. Default 10_000. */
  maxDelayMs?: number | undefined;
  /** Silence after which a job's row is asked. Default 5_000 for texts, 10_000 for pictures and clips. */
  quietMs?: { text?: number | undefined; media?: number | undefined } | undefined;
}

/** Options of the client. All are optional: `models.list()` and sign-in work without a token. */
export interface FlowithClientOptions {
  /** The Supabase access token (a JWT, valid for about 1 h). Its `sub` is the user that the client acts as. */
  token?: string | undefined;
  /**
   * Single use; each refresh brings a new one, which goes to `store`. It has to be of the same user as `token`, else as
   * `userId`: what it brings for another one is neither used nor stored, and the call ends with an `AuthenticationError`.
   * Alone it names nobody, and whoever comes is the user.
   */
  refreshToken?: string | undefined;
  /**
   * The user that a `refreshToken` alone, or what `store` holds, has to be of. Default: the `sub` of `token`, from which it
   * must not differ but in case: the first call is an `InvalidArgumentError` then.
   */
  userId?: string | undefined;
  /**
   * Where the session lives between runs. Default: memory. What it holds is of the user whom its access token names, and
   * is compared with `token` at the first call: of one user's two the one that expires later wins; another user's session
   * is not used, and `token`, unless it is of no use any more, replaces it there. Before a `refreshToken` alone, what the
   * store holds is used, unless `userId` says that it is another's; the first refresh replaces that. Another user's
   * session that comes into the store later stays there: what a refresh brings then lives in memory, and a logout leaves it.
   * Before a call it is read again where that was over 5 s ago: emptied by another tab or process, it signs out here as well.
   */
  store?: SessionStore | undefined;
  /**
   * Keeps the secret of a sign-in by `auth.signInWithOAuth` from the redirect to its return; one store a person, such as
   * a cookie on a server. Default: `sessionStorage` in a page, else memory.
   */
  verifierStore?: KeyValueStore | undefined;
  /** Keeps the handles of jobs in flight, written before each post: see `flowith.jobs.pending()`. */
  jobStore?: JobStore | undefined;
  /** Default `https://edge.flowith.io`. May have a path; paths are added to it. */
  edgeUrl?: string | undefined;
  /** Default `https://aibdxsebwhalbnugsqel.supabase.co`. */
  supabaseUrl?: string | undefined;
  /** The publishable key: it names the app and grants nothing. */
  supabaseKey?: string | undefined;
  /** How the token goes to the edge. Default `bare`, as the web app sends it. */
  authScheme?: "bare" | "bearer" | undefined;
  /** Default: the platform's. It is given a URL and an init, also behind `middleware`, and so need not know `Request`. */
  fetch?: FetchLike | undefined;
  /** Added to every request to the edge and to Supabase. */
  headers?: Record<string, string> | undefined;
  /** Goes round every request, the first one outermost. */
  middleware?: Middleware[] | undefined;
  /**
   * Of generation jobs; other calls take theirs per call. `connectMs` is also that of what serves several jobs, the event
   * connection and the questions about their rows; of what a job uploads only that of its call.
   */
  timeout?: TimeoutOptions | undefined;
  /** How the event connection is kept, and how soon rows are asked beside it. */
  events?: EventOptions | undefined;
  /** Of plain requests that are safe to repeat. Default 2. */
  maxRetries?: number | undefined;
  /**
   * How many plain requests (to the edge, to the tables, of sign-in) are under way at once; the others wait their turn, and
   * their limits begin when they are sent. Uploads, downloads, event streams and refreshes do not count. Default 32.
   */
  maxRequests?: number | undefined;
  /**
   * Default `error`: what a picture or clip is asked for is checked against the live catalogue of models before anything
   * is sent, and refused with an `InvalidArgumentError` where the catalogue says that the model lacks it. The catalogue
   * is fetched at most hourly; where it cannot be had, the job goes on.
   */
  validate?: "error" | "off" | undefined;
  /** Default `console`; silent all the same until `logLevel` says otherwise. */
  logger?: Logger | undefined;
  logLevel?: LogLevel | undefined;
  /** Workers: lets a background refresh, and the title of a new conversation, outlive the response. */
  waitUntil?: ((work: Promise<unknown>) => void) | undefined;
}

const key: v.GenericSchema<unknown, string> = v.pipe(
  filledText,
  without((value) => {
    const accident = pasteAccident(value.trim());
    return accident && `Expected the key as it is. ${accident.replace(/\.$/, "")}`;
  }),
);

/** What they must be. */
export const clientOptionsSchema: v.StrictObjectSchema<v.ObjectEntries, undefined> = v.strictObject({
  token: v.optional(text),
  refreshToken: v.optional(text),
  userId: v.optional(filledText),
  store: v.optional(port("load", "save", "clear")),
  verifierStore: v.optional(port("get", "set", "delete")),
  jobStore: v.optional(jobStore),
  edgeUrl: v.optional(serviceUrl),
  supabaseUrl: v.optional(serviceUrl),
  supabaseKey: v.optional(key),
  authScheme: v.optional(v.picklist(["bare", "bearer"])),
  fetch: v.optional(callable),
  headers: v.optional(headers),
  middleware: v.optional(v.array(callable)),
  timeout: v.optional(timeoutSchema),
  events: v.optional(
    v.strictObject({
      livenessMs: v.optional(milliseconds),
      lingerMs: v.optional(milliseconds),
      minDelayMs: v.optional(milliseconds),
      maxDelayMs: v.optional(milliseconds),
      quietMs: v.optional(v.strictObject({ text: v.optional(milliseconds), media: v.optional(milliseconds) })),
    }),
  ),
  maxRetries: v.optional(count),
  maxRequests: v.optional(positiveCount),
  validate: v.optional(v.picklist(["error", "off"])),
  logger: v.optional(port("debug", "info", "warn", "error")),
  logLevel: v.optional(logLevel),
  waitUntil: v.optional(callable),
});
