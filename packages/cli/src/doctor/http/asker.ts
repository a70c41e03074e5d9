import type { FetchLike } from "flowith-webapi";
import { CannotTell } from "../cannot-tell.ts";
import type { Exchange, Recorder } from "../recorder.ts";
import { NoAnswer, noAnswer } from "./no-answer.ts";

export { NoAnswer };

/** A request as a check describes it. */
export interface Question {
  method?: string | undefined;
  /** From the slash on where `to` is the service, else a whole address. */
  path: string;
  /** Which part is asked; `open` is any other address, which is never sent a token. */
  to: "edge" | "rows" | "auth" | "open";
  /** How the token goes along. Default: as the wire document has it. `none` asks as a stranger. */
  token?: "bare" | "bearer" | "none" | undefined;
  headers?: Record<string, string> | undefined;
  /** JSON, or a form. */
  body?: unknown;
  /** The answer holds nothing of the user's own and is recorded as it is. */
  isPublic?: boolean | undefined;
  /** The body is not read: only what stands in front of it counts. */
  isHeadOnly?: boolean | undefined;
}

export interface Answer {
  /** Such as `GET /user/credits`. */
  label: string;
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body, or undefined where it is no JSON. */
  json: unknown;
  elapsedMs: number;
  /** Date of the answer's sender, in the middle of its second, minus this machine's. */
  skewMs: number | undefined;
}

export interface AskerOptions {
  edgeUrl: string;
  supabaseUrl: string;
  supabaseKey: string;
  /** @throws CannotTell where nobody is signed in */
  token(): Promise<string>;
  timeoutMs: number;
  signal: AbortSignal;
  recorder: Recorder | undefined;
  /** Default: the platform's. A recording answers in its place. */
  fetch?: FetchLike | undefined;
}

/** Of an answer that is read whole. A catalogue of models is below 1 MiB. */
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * Asks the service, once, and takes every answer as it is: no repeats, no refresh and no reading between the lines, which the
 * SDK's own `fetch` would do and so hide what a check looks for.
 */
export class Asker {
  readonly #options: AskerOptions;
  readonly #fetch: FetchLike;
  readonly #check: { id: string; wire: string };

  constructor(options: AskerOptions, check: { id: string; wire: string }) {
    this.#options = options;
    this.#fetch = options.fetch ?? fetch;
    this.#check = check;
  }

  /** @throws NoAnswer, CannotTell, the signal's reason */
  async ask(question: Question): Promise<Answer> {
    const { timeoutMs } = this.#options;
    const startMs = performance.now();
    const sentAtMs = Date.now();
    const limit = AbortSignal.any([this.#options.signal, AbortSignal.timeout(timeoutMs)]);
    const { label, url, init } = await this.#prepared(question, limit);
    let response: Response;
    let text = "";
    try {
      response = await this.#send(url, init);
      if (question.isHeadOnly === true) await response.body?.cancel();
      else text = await textOf(response, label);
    } catch (error) {
      this.#options.signal.throwIfAborted();
      if (error instanceof CannotTell) throw error;
      throw noAnswer(label, error, timeoutMs);
    }
    const { status, headers } = response;
    const middleMs = (sentAtMs + Date.now()) / 2;
    const dateMs = Date.parse(headers.get("date") ?? "");
    const skewMs = Number.isNaN(dateMs) ? undefined : dateMs + 500 - middleMs;
    const answer = { label, status, headers, text, json: parsed(text), elapsedMs: performance.now() - startMs, skewMs };
    await this.keep({
      method: init.method ?? "GET",
      url,
      requestHeaders: new Headers(init.headers),
      requestBody: question.body,
      status,
      headers,
      body: answer.json ?? text,
      isPublic: question.isPublic ?? false,
      isElsewhere: question.to === "open",
    });
    return answer;
  }

  /** Keeps an exchange in the recording, if there is one. */
  async keep(exchange: Exchange): Promise<void> {
    await this.#options.recorder?.add(this.#check, exchange);
  }

  /**
   * Opens a stream; its body is the caller's to read and to cancel.
   * @throws NoAnswer where no headers come in time
   */
  async open(question: Question, signal: AbortSignal): Promise<{ response: Response; label: string }> {
    const { timeoutMs } = this.#options;
    const untilHeaders = new AbortController();
    const timer = setTimeout(() => untilHeaders.abort(new DOMException("late", "TimeoutError")), timeoutMs);
    const { label, url, init } = await this.#prepared(question, AbortSignal.any([signal, untilHeaders.signal]));
    try {
      const response = await this.#send(url, init);
      return { response, label };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof CannotTell) throw error;
      throw noAnswer(label, error, timeoutMs);
    } finally {
      clearTimeout(timer);
    }
  }

  #send(url: string, init: RequestInit): Promise<Response> {
    // as a free function: a platform's `fetch` has no other `this`
    const send = this.#fetch;
    return send(url, init);
  }

  async #prepared(
    { to, path, method = "GET", token, headers: given = {}, body }: Question,
    signal: AbortSignal,
  ): Promise<{ label: string; url: string; init: RequestInit }> {
    const { edgeUrl, supabaseUrl, supabaseKey } = this.#options;
    const url = to === "open" ? path : `${to === "edge" ? edgeUrl : supabaseUrl}${path}`;
    const headers = new Headers(given);
    // preflights ask for leave, and carry nothing
    const isAsking = method === "OPTIONS";
    if ((to === "rows" || to === "auth") && !isAsking) headers.set("apikey", supabaseKey);
    if (to === "rows") headers.set("accept-profile", "public");
    const scheme = to === "open" || isAsking ? "none" : (token ?? (to === "edge" ? "bare" : "bearer"));
    if (scheme !== "none") {
      const value = await this.#options.token();
      headers.set("authorization", scheme === "bearer" ? `Bearer ${value}` : value);
    }
    const isForm = body instanceof FormData;
    if (body !== undefined && !isForm) headers.set("content-type", "application/json");
    const { pathname, host } = new URL(url);
    const label = to === "open" ? `${method} ${host}` : `${method} ${pathname}`;
    const sent = body === undefined ? null : isForm ? body : JSON.stringify(body);
    return { label, url, init: { method, headers, body: sent, redirect: "manual", signal } };
  }
}

async function textOf(response: Response, label: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let sizeBytes = 0;
  for await (const chunk of response.body ?? []) {
    sizeBytes += chunk.length;
    if (sizeBytes > MAX_BYTES)
      throw new NoAnswer(`${label}: an answer of over 8 MiB`, "Tell us: this is not expected.");
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
