import ky, { isHTTPError, type RetryOptions } from "ky";
import { ConnectionError } from "../errors/connection-error.ts";
import { TimeoutError } from "../errors/timeout-error.ts";
import type { Logger } from "../logger.ts";
import { type Deadline, deadline } from "../timing/deadline.ts";
import { withSignal } from "../timing/with-signal.ts";
import { connectionError } from "./connection-failure.ts";
import { type FetchLike, type Middleware, sendThrough } from "./middleware.ts";
import { describeRequest, type HttpRequest } from "./request.ts";
import { isTokenRefusal, responseError } from "./response-error.ts";
import { retryAfterMs } from "./retry-after.ts";

export interface TokenSource {
  accessToken(signal?: AbortSignal): Promise<string>;
  /** @returns another token than the refused one, or undefined where there is nothing to renew it with */
  renew(refusedToken: string, signal?: AbortSignal): Promise<string | undefined>;
}

export interface HttpClientOptions {
  fetch: FetchLike;
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

const CONNECT_MS = 10_000;
const TOTAL_MS = 30_000;
const RETRYABLE_STATUS = [408, 429, 500, 502, 503, 504];

/**
 * The one way out: every request of the SDK goes through here, and gets its authorization, time limits, retries and
 * errors. Retries are ky's; each of its attempts is one pass through the middleware, with the body made anew.
 */
export class HttpClient {
  readonly #options: HttpClientOptions;

  constructor(options: HttpClientOptions) {
    this.#options = options;
  }

  /** Sends and reads the whole body as text, under one deadline. @throws APIError and its like for every non-2xx */
  async text(request: HttpRequest): Promise<TextResponse> {
    const limit = deadline(describeRequest(request), request.signal);
    try {
      limit.start("total", request.timeout?.totalMs ?? TOTAL_MS);
      const response = await this.#send(request, limit, true);
      return { status: response.status, headers: response.headers, text: await response.text() };
    } finally {
      limit.release();
    }
  }

  /** Sends and hands over the response with its body unread; limits but `connect` are the caller's to start. */
  async open(request: HttpRequest): Promise<OpenResponse> {
    const limit = deadline(describeRequest(request), request.signal);
    try {
      const response = await this.#send(request, limit, false);
      return { response, deadline: limit, release: () => limit.release() };
    } catch (error) {
      limit.release();
      throw error;
    }
  }

  async #send(request: HttpRequest, limit: Deadline, isBuffered: boolean): Promise<Response> {
    const what = describeRequest(request);
    const startedAtMs = Date.now();
    let attempt = 0;
    try {
      const response = await withSignal(
        ky(request.url, {
          method: request.method,
          signal: limit.signal,
          timeout: false,
          retry: this.#retryOptions(request, limit),
          fetch: async () => this.#attempt(request, limit, attempt++, isBuffered),
        }),
        limit.signal,
      );
      request.onResponse?.(response);
      this.#options.logger.debug("request", {
        what,
        status: response.status,
        attempts: attempt,
        ms: Date.now() - startedAtMs,
      });
      return response;
    } catch (error) {
      const typed = limit.signal.aborted ? limit.signal.reason : await this.#typedError(request, error);
      this.#options.logger.debug("request failed", {
        what,
        attempts: attempt,
        ms: Date.now() - startedAtMs,
        error: String(typed),
      });
      throw typed;
    }
  }

  async #typedError(request: HttpRequest, error: unknown): Promise<unknown> {
    if (!isHTTPError(error)) return error;
    const { response, data } = error;
    request.onResponse?.(response);
    return responseError({
      kind: request.kind,
      what: describeRequest(request),
      status: response.status,
      headers: response.headers,
      text: typeof data === "string" ? data : data === undefined ? "" : JSON.stringify(data),
    });
  }

  #retryOptions(request: HttpRequest, limit: Deadline): RetryOptions {
    const totalMs = request.timeout?.totalMs ?? TOTAL_MS;
    return {
      limit: request.repeat === "never" ? 0 : (request.maxRetries ?? this.#options.maxRetries),
      methods: [request.method.toLowerCase()],
      statusCodes: request.repeat === "safe" ? RETRYABLE_STATUS : [429],
      afterStatusCodes: [429, 503],
      backoffLimit: 8_000,
      jitter: (delayMs) => delayMs * (0.75 + Math.random() / 2),
      shouldRetry: ({ error }) => {
        if (limit.signal.aborted || TimeoutError.is(error)) return false;
        if (ConnectionError.is(error)) return request.repeat === "safe" || error.isUnsent;
        // Waiting longer than the call may last would only hide the answer that is there already.
        if (isHTTPError(error) && (retryAfterMs(error.response.headers) ?? 0) > totalMs && totalMs > 0) return false;
        return undefined;
      },
    };
  }

  async #attempt(request: HttpRequest, limit: Deadline, attempt: number, isBuffered: boolean): Promise<Response> {
    const headers: Record<string, string> = { ...this.#options.headers, ...request.headers };
    if (request.authorize === "session")
      headers.authorization = this.#credentials(await this.#options.tokens.accessToken(limit.signal));
    const response = await this.#once(request, headers, limit, attempt, isBuffered);
    if (request.authorize === "none" || (response.status !== 401 && response.status !== 403)) return response;
    const text = isBuffered ? await response.clone().text() : await withSignal(response.text(), limit.signal);
    const answer = isBuffered ? response : new Response(text, response);
    if (!isTokenRefusal(response.status, parseOrText(text))) return answer;
    const refused = (headers.authorization ?? "").replace(/^Bearer /i, "");
    const renewed = await this.#options.tokens.renew(refused, limit.signal);
    if (renewed === undefined) return answer;
    headers.authorization = request.authorize === "given" ? `Bearer ${renewed}` : this.#credentials(renewed);
    return this.#once(request, headers, limit, attempt, isBuffered);
  }

  #credentials(token: string): string {
    return this.#options.authScheme === "bearer" ? `Bearer ${token}` : token;
  }

  async #once(
    request: HttpRequest,
    headers: Record<string, string>,
    limit: Deadline,
    attempt: number,
    isBuffered: boolean,
  ): Promise<Response> {
    const body = request.body?.();
    const init: RequestInit & { duplex?: "half" } = { method: request.method, headers, signal: limit.signal };
    if (request.redirect !== undefined) init.redirect = request.redirect;
    if (body !== undefined) init.body = body;
    if (body instanceof ReadableStream) init.duplex = "half";
    limit.start("connect", request.timeout?.connectMs ?? CONNECT_MS);
    try {
      const context = { attempt, kind: request.kind };
      const response = await sendThrough(this.#options.fetch, this.#options.middleware, request.url, init, context);
      limit.stop("connect");
      return isBuffered ? await buffered(response) : response;
    } catch (error) {
      if (limit.signal.aborted) throw limit.signal.reason;
      throw connectionError(describeRequest(request), error);
    } finally {
      limit.stop("connect");
    }
  }
}

/** Reads the body at once, so that a connection that breaks in the middle of it is a failed attempt like any other. */
async function buffered(response: Response): Promise<Response> {
  const text = await response.text();
  const hasNoBody = response.status === 204 || response.status === 205 || response.status === 304;
  return new Response(hasNoBody ? null : text, {
    status: response.status,
    statusText: response.statusText,
    headers: response.headers,
  });
}

function parseOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
