import ky from "ky";
import { AuthenticationError } from "../errors/authentication-error.ts";
import type { Logger } from "../options/logger.ts";
import { redact } from "../text/redact.ts";
import { type Deadline, deadline } from "../timing/deadline.ts";
import { withSignal } from "../timing/with-signal.ts";
import { connectionError } from "./connection-failure.ts";
import { mergeHeaders } from "./merge-headers.ts";
import { type FetchLike, type Middleware, type SendWithProgress, sendThrough } from "./middleware.ts";
import { onceOnlyBody } from "./once-only-body.ts";
import { describeRequest, type HttpRequest } from "./request.ts";
import { parsedBody, responseError } from "./response-error.ts";
import { retryOptions } from "./retry-options.ts";
import { isTokenRefusal } from "./token-refusal.ts";

export interface TokenSource {
  accessToken(signal: AbortSignal | undefined, isForeground: boolean): Promise<string>;
  /** @returns another token than the refused one, or undefined where there is nothing to renew it with */
  renew(refusedToken: string, signal?: AbortSignal): Promise<string | undefined>;
}

export interface HttpClientOptions {
  fetch: FetchLike;
  /** In place of `fetch` for requests that have an `onSent`. */
  sendWithProgress?: SendWithProgress | undefined;
  middleware: readonly Middleware[];
  authScheme: "bare" | "bearer";
  headers: Record<string, string>;
  maxRetries: number;
  tokens: TokenSource;
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

/** What the attempts of one call share. */
interface Call {
  request: HttpRequest;
  limit: Deadline;
  attempt: number;
  /** Reads the body within the attempt, so that a connection that breaks in the middle of it is a failed attempt. */
  text: { value: string } | undefined;
}

/**
 * The one way out: every request of the SDK goes through here, and gets its authorization, time limits, retries and
 * errors. Retries are ky's; each of its attempts is one pass through the middleware, with the body made anew.
 */
export class HttpClient {
  readonly #options: HttpClientOptions;
  readonly #active = new Set<Deadline>();

  constructor(options: HttpClientOptions) {
    this.#options = options;
  }

  /** Sends and reads the whole body as text, under one deadline. @throws APIError and its like for every non-2xx */
  async text(request: HttpRequest): Promise<TextResponse> {
    const call: Call = { request, limit: this.#limit(request), attempt: 0, text: { value: "" } };
    try {
      const { status, headers } = await this.#send(call);
      return { status, headers, text: call.text?.value ?? "" };
    } finally {
      this.#release(call.limit);
    }
  }

  /** Sends and hands over the response with its body unread. The total limit goes on; others are the caller's. */
  async open(request: HttpRequest): Promise<OpenResponse> {
    const limit = this.#limit(request);
    try {
      const response = await this.#send({ request, limit, attempt: 0, text: undefined });
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

  #limit(request: HttpRequest): Deadline {
    const limit = deadline(describeRequest(request), request.signal);
    limit.start("total", request.limits.totalMs);
    this.#active.add(limit);
    return limit;
  }

  #release(limit: Deadline): void {
    limit.release();
    this.#active.delete(limit);
  }

  async #send(call: Call): Promise<Response> {
    const { request, limit } = call;
    const { logger, maxRetries } = this.#options;
    const what = describeRequest(request);
    const startedAtMs = Date.now();
    try {
      const response = await withSignal(
        ky(request.url, {
          method: request.method,
          signal: limit.signal,
          timeout: false,
          throwHttpErrors: false,
          retry: retryOptions(request, limit, request.maxRetries ?? maxRetries),
          fetch: () => this.#attempt(call),
        }),
        limit.signal,
      );
      logger.debug("request", { what, status: response.status, attempts: call.attempt, ms: Date.now() - startedAtMs });
      return response;
    } catch (error) {
      const reason: unknown = limit.signal.aborted ? limit.signal.reason : error;
      const ms = Date.now() - startedAtMs;
      logger.debug("request failed", { what, attempts: call.attempt, ms, error: redact(String(reason)) });
      throw reason;
    }
  }

  async #attempt(call: Call): Promise<Response> {
    const { request, limit } = call;
    // What the caller added for the service is not for file hosts.
    const own = request.kind === "download" ? undefined : this.#options.headers;
    const headers = mergeHeaders(own, request.headers);
    const token = await this.#token(request, limit.signal);
    if (token !== undefined) headers.authorization = this.#credentials(token);
    const attempt = call.attempt++;
    const first = await this.#exchange(call, headers, attempt);
    if ("response" in first) return first.response;
    if (request.authorize === "none" || !isTokenRefusal(first.status, parsedBody(first.text)))
      throw this.#refusal(call, first);
    const refused = (headers.authorization ?? "").replace(/^Bearer /i, "");
    const renewed = await this.#options.tokens.renew(refused, limit.signal);
    if (renewed === undefined || request.isBodyOnce === true) throw this.#refusal(call, first);
    headers.authorization = request.authorize === "given" ? `Bearer ${renewed}` : this.#credentials(renewed);
    const second = await this.#exchange(call, headers, attempt);
    if ("response" in second) return second.response;
    throw this.#refusal(call, second);
  }

  async #token({ authorize, kind }: HttpRequest, signal: AbortSignal): Promise<string | undefined> {
    if (authorize !== "session" && authorize !== "optional") return undefined;
    try {
      return await this.#options.tokens.accessToken(signal, kind !== "events");
    } catch (error) {
      if (authorize === "optional" && AuthenticationError.is(error)) return undefined;
      throw error;
    }
  }

  #credentials(token: string): string {
    return this.#options.authScheme === "bearer" ? `Bearer ${token}` : token;
  }

  #refusal({ request }: Call, answer: TextResponse): Error {
    return responseError({ ...answer, kind: request.kind, what: describeRequest(request) });
  }

  /** One request and its answer: a success, or the text of a refusal. */
  async #exchange(
    { request, limit, text }: Call,
    headers: Record<string, string>,
    attempt: number,
  ): Promise<{ response: Response } | TextResponse> {
    const { middleware } = this.#options;
    const fetch = this.#fetchFor(request);
    const typed = (error: unknown): never => {
      if (limit.signal.aborted) throw limit.signal.reason;
      throw connectionError(request.kind, describeRequest(request), error);
    };
    // Typed inside the onion: what a middleware throws itself is its own business and passes unchanged.
    const typedFetch: FetchLike = (input, init) => fetch(input, init).catch(typed);
    let response: Response;
    let body: string | undefined;
    limit.start("connect", request.limits.connectMs);
    try {
      const init = this.#init(request, headers, limit);
      response = await sendThrough(typedFetch, middleware, request.url, init, { attempt, kind: request.kind });
      if (response.ok) limit.stop("connect");
      if (!response.ok || text !== undefined) body = await withSignal(response.text(), limit.signal).catch(typed);
    } finally {
      limit.stop("connect");
    }
    const { status } = response;
    tell(request, status, response.headers, body);
    if (!response.ok) return { status, headers: response.headers, text: body ?? "" };
    if (text !== undefined) text.value = body ?? "";
    return { response };
  }

  #fetchFor({ onSent }: HttpRequest): FetchLike {
    const { fetch, sendWithProgress } = this.#options;
    if (onSent === undefined || sendWithProgress === undefined) return fetch;
    return (input, init) => sendWithProgress(input, init, onSent);
  }

  #init(request: HttpRequest, headers: Record<string, string>, limit: Deadline): RequestInit {
    const body = request.body?.();
    const init: RequestInit & { duplex?: "half" } = { method: request.method, headers, signal: limit.signal };
    // A redirect would take the body, and in some runtimes the token, to wherever it points.
    init.redirect = request.redirect ?? (request.kind === "download" ? "follow" : "manual");
    if (body !== undefined) init.body = request.repeat === "safe" ? body : onceOnlyBody(body);
    if (body instanceof ReadableStream) init.duplex = "half";
    return init;
  }
}

/** `onResponse` gets a copy, so that reading it takes nothing from the call. */
function tell(request: HttpRequest, status: number, headers: Headers, text: string | undefined): void {
  if (request.onResponse === undefined || status < 200) return;
  const hasBody = text !== undefined && text !== "" && status !== 204 && status !== 205 && status !== 304;
  request.onResponse(new Response(hasBody ? text : null, { status, headers }));
}
