import { isPromise } from "../options/call-back.ts";
import type { Logger } from "../options/logger.ts";
import { abortReason } from "../timing/abort.ts";
import { type Deadline, deadline } from "../timing/deadline.ts";
import { now } from "../timing/now.ts";
import type { PerRequest } from "../timing/per-request.ts";
import { withSignal } from "../timing/with-signal.ts";
import { webStreamOf } from "./answer-body.ts";
import { answerText, refusalText } from "./answer-text.ts";
import { connectionError, fetchError } from "./connection-failure.ts";
import { HeldPlaces } from "./held-places.ts";
import { mergeHeaders } from "./merge-headers.ts";
import { type FetchLike, type Middleware, type Send, type SendWithProgress, sendThrough } from "./middleware.ts";
import { takesNoStore } from "./no-store.ts";
import { onceOnlyBody } from "./once-only-body.ts";
import { isInsertedAlready } from "./own-id.ts";
import type { Repeat } from "./repeat-rules.ts";
import { describeRequest, type HttpRequest } from "./request.ts";
import type { RequestsInFlight } from "./requests-in-flight.ts";
import { requireResponse } from "./require-response.ts";
import { responseError } from "./response-error.ts";

export interface TransportOptions {
  fetch: FetchLike;
  /** In place of `fetch` for requests that have an `onSent`. */
  sendWithProgress?: SendWithProgress | undefined;
  middleware: readonly Middleware[];
  headers: Record<string, string>;
  maxRetries: number;
  /** What comes after a first attempt. */
  repeat: Repeat;
  /** How many requests may be under way at once. Default: any number. */
  places?: PerRequest<RequestsInFlight> | undefined;
  logger: Logger;
}

/** A response whose body is still to be read. `release` must be called once that is done, or given up. */
export interface OpenResponse {
  response: Response;
  deadline: Deadline;
  release(): void;
}

export interface TextResponse {
  status: number;
  headers: Headers;
  text: string;
}

/** What came of one exchange: a response whose body is still to be read, or a refusal. */
export type Answer = { response: Response } | TextResponse;

/** Sends the request once, with these headers over its own. */
export type Exchange = (headers: Record<string, string>) => Promise<Answer>;

/** What is done in each attempt. More than one exchange counts as one attempt all the same. */
export type Attempt = (exchange: Exchange, signal: AbortSignal) => Promise<Answer>;

/** What the attempts of one call share. */
interface Call {
  request: HttpRequest;
  /** For messages and log lines. */
  label: string;
  perform: Attempt;
  limit: Deadline;
  attempt: number;
  /** Where the body goes that is read within the attempt, so that a connection that breaks in it is a failed attempt. */
  text: { value: string } | undefined;
  /** Of the exchange that is under way. */
  places?: HeldPlaces | undefined;
  /** The last attempt's, of a request that opens refusals, and the error that ky is told of it. */
  refused?: { response: Response; error: unknown } | undefined;
}

const oneExchange: Attempt = (exchange) => exchange({});

/**
 * The one way out: every request of the SDK goes through here, and gets its time limits, retries and errors. What comes
 * after a first attempt is ky's, or a plain loop; each exchange is one pass through the middleware, with the body made anew. It knows no
 * token.
 */
export class Transport {
  readonly #options: TransportOptions;
  readonly #active = new Set<Deadline>();
  #places: PerRequest<RequestsInFlight> | undefined;
  /** Asked once, at the first request: a runtime may not let it be asked before. */
  #takesNoStore: boolean | undefined;

  constructor(options: TransportOptions) {
    this.#options = options;
    this.#places = options.places;
  }

  /** Whether nothing is under way, an open stream included. */
  get isIdle(): boolean {
    return this.#active.size === 0;
  }

  /** From the next request on. */
  usePlaces(places: PerRequest<RequestsInFlight>): void {
    this.#places = places;
  }

  /** Sends and reads the whole body as text, under one deadline. @throws APIError and its like for every non-2xx */
  async text(request: HttpRequest, perform: Attempt = oneExchange): Promise<TextResponse> {
    const text = { value: "" };
    const call = this.#begin(request, perform, text);
    try {
      const { status, headers } = await this.#send(call);
      return { status, headers, text: text.value };
    } finally {
      this.#release(call.limit);
    }
  }

  /** Sends and hands over the response with its body unread. The total limit goes on; others are the caller's. */
  async open(request: HttpRequest, perform: Attempt = oneExchange): Promise<OpenResponse> {
    const call = this.#begin(request, perform, undefined);
    const { limit } = call;
    try {
      const response = await this.#send(call);
      return { response, deadline: limit, release: () => this.#release(limit) };
    } catch (error) {
      this.#release(limit);
      throw error;
    }
  }

  /** Ends everything that is under way. */
  abortAll(reason: unknown): void {
    for (const limit of this.#active) limit.abort(reason);
  }

  #begin(request: HttpRequest, perform: Attempt, text: Call["text"]): Call {
    const label = describeRequest(request);
    const limit = deadline(label, request.signal);
    limit.start("total", request.limits.totalMs);
    this.#active.add(limit);
    return { request, label, perform, limit, attempt: 0, text };
  }

  #release(limit: Deadline): void {
    limit.release();
    this.#active.delete(limit);
  }

  async #send(call: Call): Promise<Response> {
    const { label, limit } = call;
    const { logger } = this.#options;
    const startedAtMs = now();
    const answered = (response: Response): Response => {
      const { status } = response;
      logger.debug("request", { what: label, status, attempts: call.attempt, ms: now() - startedAtMs });
      return response;
    };
    try {
      return answered(await withSignal(this.#attempts(call), limit.signal));
    } catch (error) {
      const reason: unknown = limit.signal.aborted ? limit.signal.reason : error;
      const { refused } = call;
      if (refused !== undefined && refused.error === reason) return answered(refused.response);
      const ms = now() - startedAtMs;
      logger.debug("request failed", { what: label, attempts: call.attempt, ms, error: String(reason) });
      throw reason;
    } finally {
      // A fetch of one's own may not look at its signal, and its exchange then goes on.
      call.places?.end();
    }
  }

  async #attempts(call: Call): Promise<Response> {
    const { request, limit } = call;
    try {
      return await this.#attempt(call);
    } catch (error) {
      const retries = request.maxRetries ?? this.#options.maxRetries;
      return this.#options.repeat(error, request, limit, retries, () => this.#attempt(call));
    }
  }

  async #attempt(call: Call): Promise<Response> {
    const { request, label, perform, limit } = call;
    discard(call.refused?.response);
    call.refused = undefined;
    let attempt: number | undefined;
    const answer = await perform((headers) => {
      attempt ??= call.attempt++;
      return this.#exchange(call, headers, attempt);
    }, limit.signal);
    const { kind, secrets } = request;
    if (!("response" in answer)) {
      const refusal = responseError({ ...answer, kind, label, secrets });
      if (isInsertedAlready(refusal, attempt ?? 0, request.ownIds ?? [])) return new Response(null, { status: 201 });
      throw refusal;
    }
    const { response } = answer;
    if (response.ok) return response;
    const { status, headers } = response;
    call.refused = { response, error: responseError({ status, headers, text: "", kind, label, secrets }) };
    throw call.refused.error;
  }

  /** One request and its answer: a success, or the text of a refusal. */
  async #exchange(call: Call, added: Record<string, string>, attempt: number): Promise<Answer> {
    const { request, label, limit, text } = call;
    // A fetch of one's own may not look at its signal, and the token may have been waited for.
    if (limit.signal.aborted) throw limit.signal.reason;
    const { middleware } = this.#options;
    // What the caller added for the service is not for file hosts.
    const own = request.kind === "download" ? undefined : this.#options.headers;
    const headers = mergeHeaders(own, request.headers, added);
    const send = this.#senderOf(request);
    const failed = { kind: request.kind, label, url: request.url };
    const places = new HeldPlaces(takesPlace(request) ? this.#places : undefined);
    call.places = places;
    const { headersPhase: phase = "connect", limits } = request;
    const { totalMs } = limits;
    const headersMs = phase === "connect" ? limits.connectMs : limits.firstEventMs;
    // Of a request that is in the queue no limit runs but a job's: that of `direct` goes on.
    const pause = (): (() => void) => {
      limit.stop(phase);
      return text === undefined ? () => undefined : limit.pause();
    };
    const typed = (error: unknown): never => {
      if (limit.signal.aborted) throw limit.signal.reason;
      throw fetchError(failed, error);
    };
    const broken = (error: unknown): never => {
      if (limit.signal.aborted) throw limit.signal.reason;
      throw connectionError(failed, error);
    };
    // Typed inside the onion: what a middleware throws itself is its own business and passes unchanged.
    const typedSend: Send = async (url, init) => {
      await places.take(limit, pause);
      if (request.isOver?.() === true) throw abortReason(undefined);
      if (!places.isOver) limit.start(phase, headersMs);
      try {
        const answer = requireResponse(await send(url, init), label, "the fetch option");
        // What a middleware does from now on has its time from the total limit.
        if (answer.ok && totalMs) limit.stop(phase);
        return answer;
      } catch (error) {
        return typed(error);
      } finally {
        // Or a middleware that then calls the client itself would wait for a place that only it can give back.
        if (middleware.length > 0) places.giveBack();
      }
    };
    let response: Response;
    let body: string | undefined;
    // Where nothing else would end a middleware that never passes the request on.
    if (!totalMs) limit.start(phase, headersMs);
    try {
      const init = this.#init(request, headers, limit);
      const sent = sendThrough(typedSend, middleware, request.url, init, { attempt, kind: request.kind, label });
      response = await sent;
      if (limit.signal.aborted) {
        discard(response);
        throw limit.signal.reason;
      }
      if (response.ok || request.opensRefusals) limit.stop(phase);
      // That it waits no longer than the signal says is seen to for the whole of the attempts.
      const isRefusal = !response.ok && !request.opensRefusals;
      if (isRefusal || text !== undefined) {
        const read = isRefusal ? refusalText : answerText;
        body = await read(response, label, limit.signal).catch(broken);
      }
    } finally {
      limit.stop(phase);
      places.end();
    }
    const { status } = response;
    const told = tell(request, status, response.headers, body);
    if (isPromise(told)) await withSignal(Promise.resolve(told), limit.signal);
    if (!response.ok && !request.opensRefusals) return { status, headers: response.headers, text: body ?? "" };
    if (text !== undefined) text.value = body ?? "";
    return { response };
  }

  #senderOf({ onSent }: HttpRequest): Send {
    const { fetch, sendWithProgress } = this.#options;
    if (onSent === undefined || sendWithProgress === undefined) return fetch;
    return (url, init) => sendWithProgress(url, init, onSent);
  }

  #init(request: HttpRequest, headers: Record<string, string>, limit: Deadline): RequestInit {
    const body = request.body?.();
    const init: RequestInit & { duplex?: "half" } = { method: request.method, headers, signal: limit.signal };
    this.#takesNoStore ??= takesNoStore();
    // A file does not change, and a page may have it already.
    if (this.#takesNoStore && request.kind !== "download") init.cache = "no-store";
    // A redirect would take the body, and in some runtimes the token, to wherever it points.
    init.redirect = request.redirect ?? (request.kind === "download" ? "follow" : "manual");
    if (body !== undefined) init.body = request.repeat === "safe" ? body : onceOnlyBody(body);
    if (body instanceof ReadableStream) init.duplex = "half";
    return init;
  }
}

/** Uploads and downloads have limits of their own, an event stream stays open, and what the others wait for must not wait. */
function takesPlace({ kind, isUncounted }: HttpRequest): boolean {
  return isUncounted !== true && (kind === "edge" || kind === "rows" || kind === "auth");
}

/** Lets go of an answer that nobody is going to read. */
export function discard(response: Response | undefined): void {
  const body = response && webStreamOf(response);
  body?.cancel().catch(() => undefined);
}

/** `onResponse` gets a copy, so that reading it takes nothing from the call. */
function tell(request: HttpRequest, status: number, headers: Headers, text: string | undefined): unknown {
  if (request.onResponse === undefined || status < 200) return undefined;
  const hasBody = text !== undefined && text !== "" && status !== 204 && status !== 205 && status !== 304;
  return request.onResponse(new Response(hasBody ? text : null, { status, headers }));
}
