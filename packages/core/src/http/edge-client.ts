import { type Limits, limitsOf } from "../options/limits.ts";
import type { CallOptions, TimeoutOptions } from "../options/options.ts";
import { jsonText } from "../text/json-text.ts";
import { parseJson } from "../wire/parse.ts";
import type { AuthorizedClient, AuthorizedRequest } from "./authorized-client.ts";
import { mergeHeaders } from "./merge-headers.ts";
import { sendsNoCache } from "./no-store.ts";
import { describeRequest, type HttpRequest, type RepeatPolicy } from "./request.ts";
import type { RedirectMode, RequestBody } from "./request-init.ts";
import type { OpenResponse, TextResponse } from "./transport.ts";

export interface EdgeCall extends CallOptions {
  query?: Record<string, string | undefined> | undefined;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as plain text, in place of `json`. */
  text?: string | undefined;
  /** Sent as it is, in place of `json`. */
  body?: RequestBody | undefined;
  /** Goes without a token where there is none. */
  isTokenOptional?: boolean | undefined;
  leftMs?: HttpRequest["leftMs"];
  isOver?: HttpRequest["isOver"];
  /** Of a write: named at each call. Default `billed`, which is right for what nobody has thought about. */
  repeat?: RepeatPolicy | undefined;
}

/** A multipart form, whose body is made by who knows the file. */
export interface UploadForm {
  contentType: string;
  /** Of a stream, where it is known: Node and Bun then send it with its length instead of in chunks. */
  lengthBytes: number | undefined;
  body: () => RequestBody;
  /** False where `body` can be called once only. */
  isRepeatable: boolean;
  redirect: RedirectMode;
  onSent?: ((sentBytes: number) => void) | undefined;
}

/** Requests to Flowith's edge API, by path. */
export class EdgeClient {
  readonly #client: AuthorizedClient;
  readonly #edgeUrl: string;
  /** Of answers that are streamed: headers that come with the first byte are waited for as long as that is. */
  readonly #headersPhase: "connect" | "first-event";

  /** @param edgeUrl without a slash at its end */
  constructor(client: AuthorizedClient, edgeUrl: string, showsSilentStreams: boolean = true) {
    this.#client = client;
    this.#headersPhase = showsSilentStreams ? "connect" : "first-event";
    this.#edgeUrl = edgeUrl;
  }

  /** @throws what {@link AuthorizedClient.text} throws */
  async text(method: string, path: string, call: EdgeCall): Promise<string> {
    return (await this.response(method, path, call)).text;
  }

  /** The same, with status and headers. */
  response(method: string, path: string, call: EdgeCall): Promise<TextResponse> {
    return this.#client.text(this.#request(method, path, call));
  }

  /** An answer that is to be JSON. @throws ResponseShapeError where it is none */
  async json(method: string, path: string, call: EdgeCall): Promise<unknown> {
    return parseJson(await this.text(method, path, call), `${method} ${path}`);
  }

  /** A response whose body is still to be read, such as the text of a direct completion. */
  open(method: string, path: string, call: EdgeCall, limits: Limits): Promise<OpenResponse> {
    return this.#client.open({ ...this.#request(method, path, call), limits, headersPhase: this.#headersPhase });
  }

  /** An upload: one multipart post, never repeated once it may have arrived. The caller's signal holds its limits. */
  async upload(path: string, form: UploadForm, call: CallOptions): Promise<unknown> {
    const own: Record<string, string> = { "content-type": form.contentType };
    if (form.lengthBytes !== undefined) own["content-length"] = String(form.lengthBytes);
    const request: AuthorizedRequest = {
      ...this.#request("POST", path, call),
      kind: "upload",
      repeat: form.isRepeatable ? "billed" : "never",
      headers: mergeHeaders(call.headers, own),
      body: form.body,
      isBodyOnce: !form.isRepeatable,
      redirect: form.redirect,
      onSent: form.onSent,
      limits: limitsOf("upload", call.timeout),
    };
    const { text } = await this.#client.text(request);
    return parseJson(text, describeRequest(request));
  }

  /** An event stream: open for as long as the signal lets it be. @param timeout how long it may be silent, among others */
  events(
    path: string,
    query: Record<string, string>,
    signal: AbortSignal,
    timeout: Pick<TimeoutOptions, "connectMs" | "firstEventMs">,
  ): Promise<OpenResponse> {
    return this.#client.open({
      ...this.#request("GET", path, { query, signal }),
      kind: "events",
      repeat: "never",
      // Of a page, a header that it sets itself would be asked about beforehand, and may be one that the service refuses.
      headers: { accept: "text/event-stream", ...(sendsNoCache() ? {} : { "cache-control": "no-cache" }) },
      limits: limitsOf("request", { ...timeout, totalMs: 0 }),
      headersPhase: this.#headersPhase,
    });
  }

  #request(method: string, path: string, call: EdgeCall): AuthorizedRequest {
    const url = new URL(this.#edgeUrl + path);
    for (const [key, value] of Object.entries(call.query ?? {})) {
      if (value !== undefined) url.searchParams.set(key, value);
    }
    const { json, text, body } = call;
    const contentType =
      text !== undefined ? "text/plain;charset=UTF-8" : json !== undefined ? "application/json" : undefined;
    const isRead = method === "GET" || method === "HEAD";
    return {
      kind: "edge",
      method,
      url: url.href,
      isTokenOptional: call.isTokenOptional,
      repeat: isRead ? "safe" : (call.repeat ?? "billed"),
      headers: mergeHeaders(contentType === undefined ? {} : { "content-type": contentType }, call.headers),
      body: contentType !== undefined ? () => text ?? jsonText(json) : body === undefined ? undefined : () => body,
      limits: limitsOf("request", call.timeout),
      maxRetries: call.maxRetries,
      leftMs: call.leftMs,
      isOver: call.isOver,
      signal: call.signal,
      onResponse: call.onResponse,
    };
  }
}
