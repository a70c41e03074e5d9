import type { Limits } from "../options/limits.ts";
import { excerpt } from "../text/excerpt.ts";
import type { RedirectMode, RequestBody } from "./request-init.ts";
import type { RequestKind } from "./request-kind.ts";

/**
 * When a request may be sent again by itself. `safe`: after any failure that may pass. `own-id`: the same, for an insert
 * under ids that we chose (see `isInsertedAlready`). `billed`: only where it surely had no effect (429, or a connection
 * that was never made), as for a job that costs credits (decisions/billed-post.md). `never`: not even then. Which write has
 * which, and why: decisions/repeated-writes.md.
 */
export type RepeatPolicy = "safe" | "own-id" | "billed" | "never";

/** One request, with what the client is to do about its authorization, its limits and its failures. */
export interface HttpRequest {
  kind: RequestKind;
  method: string;
  url: string;
  repeat: RepeatPolicy;
  /** Of `own-id`: the ids that this call has chosen for its rows. */
  ownIds?: readonly string[] | undefined;
  headers?: Record<string, string> | undefined;
  /** Made anew for every attempt, since a stream can be read once only. */
  body?: (() => RequestBody) | undefined;
  /** Told how much of the body was sent, framing included, where the platform has a way to know. */
  onSent?: ((sentBytes: number) => void) | undefined;
  /** Default: followed by downloads, by nothing else. */
  redirect?: RedirectMode | undefined;
  limits: Pick<Limits, "connectMs" | "totalMs"> & Partial<Pick<Limits, "firstEventMs">>;
  /** Which limit holds until the headers are there. Default: `connect`. */
  headersPhase?: "connect" | "first-event" | undefined;
  maxRetries?: number | undefined;
  /** What is left, in ms, of the work that the request is part of: a longer wait for another attempt is not begun. */
  leftMs?: (() => number) | undefined;
  /** Whether the work is over that the request is part of: it is then not sent, be it for the first time or once more. */
  isOver?: (() => boolean) | undefined;
  /** Takes no place among the requests in flight, as do uploads, downloads and event streams. */
  isUncounted?: boolean | undefined;
  signal?: AbortSignal | undefined;
  /** Whether the request is not sent again after this, whatever `repeat` says. */
  isFinal?: ((error: unknown) => boolean) | undefined;
  /** What of the body must not stand in an error, such as a password. The token is known by its form. */
  secrets?: readonly string[] | undefined;
  onResponse?: ((response: Response) => void) | undefined;
  /** A refusal that is not repeated is handed over with its body unread, where it is an error else. Of `open` only. */
  opensRefusals?: boolean | undefined;
}

/** Too short for a token in each of its parts. */
const PLAIN_PATH = /^(?:\/[a-z\d_]{0,20}){1,4}$/i;

/**
 * How errors and log lines name a request: method and path, and the host of a file, which is none of the options'. Without
 * the query, which opens files to whoever has it.
 */
export function describeRequest({ kind, method, url }: Pick<HttpRequest, "kind" | "method" | "url">): string {
  const { origin, pathname } = new URL(url);
  // Nearly all are short and plain, and each request has one.
  const path = PLAIN_PATH.test(pathname) ? pathname : excerpt(pathname, "end");
  return kind === "download" ? `${method} ${excerpt(origin)}${path}` : `${method} ${path}`;
}
