import { AuthenticationError } from "../errors/authentication-error.ts";
import { NotFoundError } from "../errors/not-found-error.ts";
import { mergeHeaders } from "../http/merge-headers.ts";
import { describeRequest, type HttpRequest } from "../http/request.ts";
import { parsedBody, wordsOf } from "../http/response-error.ts";
import type { Answer, Exchange, OpenResponse, Transport } from "../http/transport.ts";
import { type Limits, limitsFrom } from "../options/limits.ts";
import type { CallOptions, TimeoutOptions } from "../options/options.ts";
import { detail, withoutSecrets } from "../text/detail.ts";
import { jsonText } from "../text/json-text.ts";
import { isMarkup } from "../text/markup.ts";
import { UnderWay } from "../timing/under-way.ts";
import { isRecord, parseJson } from "../wire/parse.ts";
import type { RawRecord } from "../wire/records.ts";
import { isUnpaid } from "./answer-failure.ts";
import { blankedFailure } from "./blanked-failure.ts";
import { refusedKey } from "./refused-key.ts";

/** A post to the developer API. */
export interface DeveloperPost {
  path: string;
  json: object;
  /** Where neither the client's options nor the call's say otherwise. */
  limits: Limits;
  /** Said of a 404. */
  notFoundAdvice?: string | undefined;
}

const READ_LIMITS: Limits = { connectMs: 10_000, firstEventMs: 0, idleMs: 0, totalMs: 30_000 };

/** Requests to the developer API, by path (wire 9), with the API key. */
export class DeveloperApi {
  /** What is more than one request, and may be between two of them. */
  readonly underWay: UnderWay = new UnderWay();
  readonly #transport: Transport;
  readonly #edgeUrl: string;
  readonly #apiKey: string | undefined;
  readonly #timeout: TimeoutOptions | undefined;

  constructor(transport: Transport, edgeUrl: string, apiKey: string | undefined, timeout: TimeoutOptions | undefined) {
    this.#transport = transport;
    this.#edgeUrl = edgeUrl;
    this.#apiKey = apiKey;
    this.#timeout = timeout;
  }

  /** Reads JSON, and is repeated after what may pass. */
  async read(path: string, query: Record<string, string>, call: CallOptions): Promise<unknown> {
    const url = `${this.#edgeUrl}${path}${Object.keys(query).length === 0 ? "" : `?${new URLSearchParams(query)}`}`;
    const request = this.#request({ method: "GET", url, repeat: "safe", limits: READ_LIMITS }, call);
    const { text } = await this.#transport.text(request, this.#perform(request));
    return this.#parsed(text, describeRequest(request));
  }

  /** Posts what is billed, and reads the whole answer as JSON. */
  async post(post: DeveloperPost, call: CallOptions): Promise<unknown> {
    const request = this.#postRequest(post, call);
    const { text } = await this.#transport.text(request, this.#perform(request, post.notFoundAdvice));
    return this.#parsed(text, describeRequest(request));
  }

  /** Posts what is billed, and hands the answer over with its body unread. The first byte of it ends `first-event`. */
  open(post: DeveloperPost, call: CallOptions): Promise<OpenResponse> {
    const request: HttpRequest = { ...this.#postRequest(post, call), headersPhase: "first-event" };
    return this.#transport.open(request, this.#perform(request, post.notFoundAdvice));
  }

  /** Ends everything that is under way. */
  abortAll(reason: unknown): void {
    // First, or the end of one request would begin the next.
    this.underWay.abortAll(reason);
    this.#transport.abortAll(reason);
  }

  /** The limits of a call: its own go before the client's, and those before the defaults. */
  limitsOf(defaults: Limits, call: CallOptions): Limits {
    return limitsFrom(defaults, this.#timeout, call.timeout);
  }

  /** An answer, or an event of one: a failure's words in it are without the key. */
  blanked(answer: RawRecord): RawRecord {
    return blankedFailure(answer, this.#secrets);
  }

  get #secrets(): string[] {
    return this.#apiKey === undefined ? [] : [this.#apiKey];
  }

  #parsed(text: string, label: string): unknown {
    // Of a page the error shows the title.
    const answer = parseJson(isMarkup(text) ? withoutSecrets(text, this.#secrets) : text, label);
    if (!isRecord(answer)) return answer;
    const { data } = answer;
    return this.blanked(isRecord(data) ? { ...answer, data: this.blanked(data) } : answer);
  }

  #postRequest({ path, json, limits }: DeveloperPost, call: CallOptions): HttpRequest {
    const body = jsonText(json);
    const post = { method: "POST", url: this.#edgeUrl + path, repeat: "billed", limits } as const;
    const request = this.#request(post, call);
    return {
      ...request,
      headers: mergeHeaders({ "content-type": "application/json" }, request.headers),
      body: () => body,
    };
  }

  #request(
    about: Pick<HttpRequest, "method" | "url" | "repeat"> & { limits: Limits },
    { timeout, headers, maxRetries, signal, onResponse }: CallOptions,
  ): HttpRequest {
    const limits = this.limitsOf(about.limits, { timeout });
    return { kind: "edge", ...about, limits, headers, maxRetries, signal, onResponse, secrets: this.#secrets };
  }

  /** One exchange with the key. What it throws of a refusal says what is to be done about a key, and not about a token. */
  #perform(request: HttpRequest, notFoundAdvice?: string): (exchange: Exchange) => Promise<Answer> {
    const label = describeRequest(request);
    const { secrets } = request;
    return async (exchange) => {
      const key = this.#apiKey;
      if (key === undefined) {
        throw new AuthenticationError(`${label} needs an API key. Pass apiKey, or set FLOWITH_API_KEY for fromEnv().`);
      }
      const answer = await exchange({ authorization: `Bearer ${key}` });
      if ("response" in answer) return answer;
      const { status, headers, text } = answer;
      const body = parsedBody(text);
      // Whatever its own status: what follows of it is that of a 402.
      if (isUnpaid(body)) return { ...answer, status: 402 };
      const options = { status, headers, body };
      const why = wordsOf(body);
      const said = `${label} answered ${status}${why === undefined ? "" : `: ${detail(why, secrets).replace(/\.$/, "")}`}.`;
      if (status === 401) throw refusedKey(said, options);
      if (status !== 404 || notFoundAdvice === undefined) return answer;
      throw new NotFoundError(`${said} ${notFoundAdvice}`, options);
    };
  }
}
