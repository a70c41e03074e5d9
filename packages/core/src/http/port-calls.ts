import { limitsOf } from "../options/limits.ts";
import type { CallOptions } from "../options/options.ts";
import { wellFormedJson } from "../text/json-text.ts";
import { throwIfAborted } from "../timing/abort.ts";
import { linkedAbort } from "../timing/linked-abort.ts";
import { withSignal } from "../timing/with-signal.ts";
import { isRecord, parseJson } from "../wire/parse.ts";
import { foreignError } from "./foreign-error.ts";
import { mergeHeaders } from "./merge-headers.ts";
import type { FetchLike } from "./middleware.ts";
import { readResponse } from "./read-response.ts";
import type { HttpRequest, RepeatPolicy } from "./request.ts";
import { parsedBody } from "./response-error.ts";
import type { TextResponse } from "./transport.ts";

/** What a call to a port carries along. */
export interface PortCall {
  /**
   * For the requests of this call: it has the caller's limits, headers and repeats, and the authorization. Every refusal
   * is thrown as our error; what it throws must be passed on unchanged.
   */
  fetch: FetchLike;
  /** Ends the call. `fetch` knows it; a client with a fetch of its own must be given it. */
  signal: AbortSignal;
}

/** What a call lets its requests do by themselves. A read is `safe` whatever is said. */
export interface CallRules extends Pick<HttpRequest, "ownIds" | "isUncounted"> {
  /** Of a write. Default `billed`, which is right for what nobody has thought about. */
  repeat?: RepeatPolicy | undefined;
}

/** The transport, for requests without a token, or the authorized client. */
export interface TextSender {
  text(request: HttpRequest): Promise<TextResponse>;
}

/** Calls to the ports of the package that talks to Supabase, with the caller's options in force for their requests. */
export class PortCalls {
  readonly #sender: TextSender;
  readonly #hasGivenClient: boolean;

  /** @param hasGivenClient whether rows are asked through a client of the caller's, which has a fetch of its own */
  constructor(sender: TextSender, hasGivenClient = false) {
    this.#sender = sender;
    this.#hasGivenClient = hasGivenClient;
  }

  async run<T>(options: CallOptions, call: (portCall: PortCall) => Promise<T>, rules: CallRules = {}): Promise<T> {
    throwIfAborted(options.signal);
    const { signal, release } = this.#signalFor(options.signal);
    let by: "given client" | "own fetch" | undefined = this.#hasGivenClient ? "given client" : undefined;
    const send = portFetch(this.#sender, { ...options, signal }, rules);
    const failures: unknown[] = [];
    const fetch: FetchLike = (input, init) => {
      by = "own fetch";
      return send(input, init).catch((error: unknown) => {
        failures.push(error);
        throw error;
      });
    };
    try {
      // Whoever aborts need not wait for what knows no signal, such as a part of the package that is still being loaded.
      return await withSignal(call({ signal, fetch }), signal);
    } catch (error) {
      throwIfAborted(signal);
      // What our fetch threw is typed already, or the business of a middleware or a framework.
      throw failures.includes(error) ? error : foreignError(error, by);
    } finally {
      release?.();
    }
  }

  /** The caller's own, which our fetch leaves no listener on. A client with another fetch gets one that ends with the call. */
  #signalFor(signal: AbortSignal | undefined): { signal: AbortSignal; release?: () => void } {
    return signal === undefined || this.#hasGivenClient ? linkedAbort(signal) : { signal };
  }
}

/** A `fetch` for a call to a port. The body is read under the deadline, and refusals are thrown: PostgrestError has no status. */
function portFetch(sender: TextSender, options: CallOptions, rules: CallRules): FetchLike {
  return async (input, init) => {
    const method = (init?.method ?? "GET").toUpperCase();
    const url = input instanceof Request ? input.url : String(input);
    const isAuth = url.includes("/auth/v1/") && new URL(url).pathname.includes("/auth/v1/");
    const isRead = method === "GET" || method === "HEAD";
    const given = init?.body ?? undefined;
    const body = typeof given === "string" ? wellFormedJson(given) : given;
    const answer = await sender.text({
      kind: isAuth ? "auth" : "rows",
      method,
      url,
      repeat: isRead ? "safe" : (rules.repeat ?? "billed"),
      ownIds: rules.ownIds,
      isUncounted: rules.isUncounted,
      headers: mergeHeaders(recordOf(init?.headers), options.headers),
      body: body === undefined ? undefined : () => body,
      limits: limitsOf("request", options.timeout),
      maxRetries: options.maxRetries,
      onResponse: options.onResponse,
      secrets: isAuth ? secretsOf(body) : undefined,
      signal: init?.signal ?? options.signal,
    });
    const { status, headers, text } = answer;
    const hasBody = status !== 204 && status !== 205 && status !== 304 && method !== "HEAD";
    // supabase-js takes what is no JSON for a refusal, or for the end of a session. Rows are not parsed twice for it.
    if (hasBody && (isAuth || isNoJson(text))) parseJson(text, `${method} ${new URL(url).pathname}`, isAuth);
    return hasBody && text !== "" ? readResponse(text, { status, headers }) : new Response(null, { status, headers });
  };
}

/** What a sign-in or a refresh sends: an answer may repeat it, and not every secret is known by its form. */
function secretsOf(body: unknown): string[] {
  const sent: unknown = typeof body === "string" ? parsedBody(body) : undefined;
  if (!isRecord(sent)) return [];
  const { password, refresh_token, auth_code, code_verifier } = sent;
  return [password, refresh_token, auth_code, code_verifier].filter((secret) => typeof secret === "string");
}

/** supabase-js gives a record; to make Headers of it would check each name twice. */
function recordOf(headers: HeadersInit | undefined): Record<string, string> {
  if (headers === undefined) return {};
  return Symbol.iterator in headers ? Object.fromEntries(new Headers(headers)) : headers;
}

/** By its first letter. An empty body is what an insert gives that wants no rows back. */
function isNoJson(text: string): boolean {
  return text !== "" && !/^\s*[[{"\dtfn-]/.test(text);
}
