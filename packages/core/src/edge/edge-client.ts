import type { CallOptions } from "../options.ts";
import { parseJson } from "../wire/parse.ts";
import type { HttpClient, OpenResponse } from "./http-client.ts";
import { describeRequest, type HttpRequest, type RepeatPolicy } from "./request.ts";

export interface EdgeCall extends CallOptions {
  query?: Record<string, string | undefined> | undefined;
  /** Sent as JSON. */
  json?: unknown;
  repeat?: RepeatPolicy | undefined;
}

/** Requests to Flowith's edge API, by path. */
export class EdgeClient {
  readonly #http: HttpClient;
  readonly #edgeUrl: string;

  constructor(http: HttpClient, edgeUrl: string) {
    this.#http = http;
    this.#edgeUrl = edgeUrl.replace(/\/+$/, "");
  }

  /** @throws ResponseShapeError where the answer is no JSON, and what {@link HttpClient.text} throws */
  async json(method: string, path: string, call: EdgeCall): Promise<unknown> {
    const request = this.#request(method, path, call);
    const { text } = await this.#http.text(request);
    return parseJson(text, describeRequest(request));
  }

  /** An upload: one multipart post, never repeated once it may have arrived. */
  async upload(path: string, form: () => FormData, redirect: RequestRedirect, call: CallOptions): Promise<unknown> {
    const { timeout } = call;
    const request: HttpRequest = {
      ...this.#request("POST", path, call),
      kind: "upload",
      body: form,
      redirect,
      timeout: {
        ...timeout,
        totalMs: timeout?.totalMs ?? UPLOAD_TOTAL_MS,
        connectMs: timeout?.connectMs ?? UPLOAD_TOTAL_MS,
      },
    };
    const { text } = await this.#http.text(request);
    return parseJson(text, describeRequest(request));
  }

  /** An event stream: open for as long as the signal lets it be. */
  events(path: string, query: Record<string, string>, signal: AbortSignal): Promise<OpenResponse> {
    const request = this.#request("GET", path, { query, signal });
    const headers = { accept: "text/event-stream", "cache-control": "no-cache" };
    return this.#http.open({ ...request, kind: "events", repeat: "never", headers, timeout: { totalMs: 0 } });
  }

  #request(method: string, path: string, call: EdgeCall): HttpRequest {
    const url = new URL(this.#edgeUrl + path);
    for (const [key, value] of Object.entries(call.query ?? {}))
      if (value !== undefined) url.searchParams.set(key, value);
    const { json } = call;
    const isRead = method === "GET" || method === "HEAD";
    return {
      kind: "edge",
      method,
      url: url.href,
      authorize: "session",
      repeat: call.repeat ?? (isRead ? "safe" : "rejected"),
      headers: { ...(json === undefined ? {} : { "content-type": "application/json" }), ...call.headers },
      body: json === undefined ? undefined : () => JSON.stringify(json),
      timeout: call.timeout,
      maxRetries: call.maxRetries,
      signal: call.signal,
      onResponse: call.onResponse,
    };
  }
}

const UPLOAD_TOTAL_MS = 120_000;
