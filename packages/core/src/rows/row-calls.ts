import type { HttpClient } from "../http/http-client.ts";
import { mergeHeaders } from "../http/merge-headers.ts";
import type { FetchLike } from "../http/middleware.ts";
import { limitsOf } from "../options/limits.ts";
import type { CallOptions } from "../options/options.ts";
import { linkedAbort } from "../timing/linked-abort.ts";
import { parseJson } from "../wire/parse.ts";
import { foreignError } from "./foreign-error.ts";
import type { PortCall } from "./ports.ts";

/**
 * Requests that supabase-js makes for us. It knows of a call no more than its signal, so each call gets a signal of its
 * own, by which its limits, headers and retries are found again when the request comes out at `fetch`.
 */
export class RowCalls {
  readonly #http: HttpClient;
  readonly #calls = new WeakMap<AbortSignal, CallOptions>();

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /** Makes one call to a port, with the caller's options in force for its requests. */
  async run<T>(options: CallOptions, call: (portCall: PortCall) => Promise<T>): Promise<T> {
    options.signal?.throwIfAborted();
    const linked = linkedAbort(options.signal);
    this.#calls.set(linked.signal, options);
    try {
      return await call({ signal: linked.signal });
    } catch (error) {
      if (linked.signal.aborted) throw linked.signal.reason;
      throw foreignError(error);
    } finally {
      linked.release();
    }
  }

  /**
   * The `fetch` for supabase-js: the body is read under the deadline and every refusal is thrown as our error, since
   * PostgrestError has no status.
   */
  readonly fetch: FetchLike = async (input, init) => {
    const method = (init?.method ?? "GET").toUpperCase();
    const url = input instanceof Request ? input.url : String(input);
    const isAuth = new URL(url).pathname.includes("/auth/v1/");
    const isRead = method === "GET" || method === "HEAD";
    const body = init?.body ?? undefined;
    const signal = init?.signal ?? undefined;
    const options = signal === undefined ? undefined : this.#calls.get(signal);
    const headers = Object.fromEntries(new Headers(init?.headers));
    const answer = await this.#http.text({
      kind: isAuth ? "auth" : "rows",
      method,
      url,
      // The grants of the auth server want the key only.
      authorize: isAuth && headers.authorization === undefined ? "none" : "given",
      repeat: isRead ? "safe" : "rejected",
      headers: mergeHeaders(headers, options?.headers),
      body: body === undefined ? undefined : () => body,
      limits: limitsOf("request", options?.timeout),
      maxRetries: options?.maxRetries,
      onResponse: options?.onResponse,
      signal,
    });
    const { status, text } = answer;
    const hasBody = status !== 204 && status !== 205 && status !== 304 && method !== "HEAD";
    // supabase-js takes what is no JSON for a refusal, or for the end of a session. Rows are not parsed twice for it.
    if (hasBody && (isAuth || isNoJson(text))) parseJson(text, `${method} ${new URL(url).pathname}`, isAuth);
    return new Response(hasBody ? text : null, { status, headers: answer.headers });
  };
}

/** By its first letter. An empty body is what an insert gives that wants no rows back. */
function isNoJson(text: string): boolean {
  return text !== "" && !/^\s*[[{"\dtfn-]/.test(text);
}
