import { ConnectionError } from "../errors/connection-error.ts";
import { FileUploadError } from "../errors/file-upload-error.ts";
import { FlowithError } from "../errors/flowith-error.ts";
import { TimeoutError } from "../errors/timeout-error.ts";
import { detail } from "../text/detail.ts";
import { isRecord } from "../wire/parse.ts";
import { isFetchFailure } from "./fetch-failure.ts";
import type { RequestKind } from "./request-kind.ts";

/** What is said of a request that failed. */
export interface FailedRequest {
  kind: RequestKind;
  /** Method and path. */
  label: string;
  /** That was asked, where it is known. */
  url?: string | undefined;
  /** Whose fault it is where the network was not asked. Default: `fetch`. */
  sender?: "client" | undefined;
}

// Only Node and Bun say so much; Workers, Deno and browsers report a refused and a broken connection alike.
const unsentCodes = new Set(["ECONNREFUSED", "ConnectionRefused", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);

/** How long the `fetch` of Node waits for headers, and for each part of a body, whatever we allow. */
const PLATFORM_LIMIT_MS = 300_000;

/** How the platforms say of a TypeError that it is about the network. */
const networkWords =
  /fetch failed|failed to fetch|networkerror|network error|load failed|network connection|network request|terminated|socket|connect|error in input stream|sending request|reading a body|request or response body|bytes came|fail(?:ed)? to send/i;

/** How Node, Bun and Deno say that a redirect leads to no http: or https: address. */
const elsewhereWords = /scheme must be|unsupportedredirectprotocol|redirect to a non http/i;

/** What `fetch` threw, as our error. Errors that are ours already pass unchanged, and so does what is nobody's network. */
export function fetchError(request: FailedRequest, thrown: unknown): unknown {
  return isFetchFailure(thrown) ? connectionError(request, thrown) : thrown;
}

/** What broke a connection, as our error; errors that are ours already pass unchanged. */
export function connectionError(request: FailedRequest, cause: unknown): unknown {
  if (FlowithError.is(cause)) return cause;
  const { kind, label } = request;
  const chain = causes(cause);
  const code = chain.map((error) => error.code).find((value) => typeof value === "string");
  // Node's fetch gives a 407 a cause without a word.
  const words = chain
    .map((error) => error.message)
    .filter((value): value is string => typeof value === "string" && value !== "");
  const isRedirect = words.some((message) => /redirect/i.test(message));
  if (kind === "upload" && isRedirect) {
    return new FileUploadError(`${label} was redirected, which uploads do not follow. Check the edgeUrl option.`, {
      status: 0,
      headers: new Headers(),
      body: undefined,
      cause,
    });
  }
  if (code === "UND_ERR_HEADERS_TIMEOUT") return platformLimit(label, "connect", "headersTimeout", cause);
  if (code === "UND_ERR_BODY_TIMEOUT") return platformLimit(label, "idle", "bodyTimeout", cause);
  const host = hostOf(request.url);
  // Deno says it by a class of its own, or in the words of a failed connection.
  if (chain.some(({ name }) => name === "NotCapable") || words.some((message) => message.includes("--allow-net")))
    return notAllowed(request, host, cause);
  // The outermost words are often no more than "fetch failed". Deno shows the whole address, query included.
  const reason = detail(String(code ?? words.at(-1) ?? cause).replace(/ for url \([^()]*\)/, ""));
  // The address of a file itself was looked at before.
  const isBadLocation = kind === "download" && words.includes("Invalid URL");
  if (isBadLocation || words.some((message) => elsewhereWords.test(message))) {
    const to = "to an address that is not fetched";
    return new ConnectionError(`${label} was redirected by ${host ?? "the host"} ${to} (${reason}).`, { cause });
  }
  if (isRedirect) {
    return new ConnectionError(`${label} was redirected again and again by ${host ?? "the host"} (${reason}).`, {
      cause,
    });
  }
  if (isNoNetworkFault(cause, code, words)) {
    // The outermost words are of the one who refused to send.
    const why = detail(words[0] ?? reason).replace(/\.$/, "");
    return new ConnectionError(
      `${label} could not be sent: ${why}. The network was not asked: this is of the ${request.sender ?? "fetch"} in use.`,
      {
        cause,
      },
    );
  }
  const isUnsent = code !== undefined && unsentCodes.has(code);
  const said = isUnsent ? `could not reach ${host ?? "the server"}` : `lost the connection${host ? ` to ${host}` : ""}`;
  return new ConnectionError(`${label} ${said} (${reason}). ${advice(kind)}`, { cause, isUnsent });
}

function isNoNetworkFault(cause: unknown, code: string | undefined, words: readonly string[]): boolean {
  if (code !== undefined) return /^ERR_(INVALID|MISSING|ILLEGAL)_/.test(code);
  return cause instanceof TypeError && words.length > 0 && !words.some((message) => networkWords.test(message));
}

/** Only what this client was told can be wrong with its options. */
function advice(kind: RequestKind): string {
  if (kind === "download") return "Check the network, or try again later.";
  return `Check the network and the ${kind === "rows" || kind === "auth" ? "supabaseUrl" : "edgeUrl"} option.`;
}

/** Deno asks for the permission before anything is sent. */
function notAllowed({ kind, label }: FailedRequest, host: string | undefined, cause: unknown): ConnectionError {
  const flag = `--allow-net${host === undefined ? "" : `=${host}`}`;
  const others = kind === "download" ? "" : ", with the hosts of edgeUrl and supabaseUrl both";
  return new ConnectionError(`${label}: Deno may not reach ${host ?? "the host"}. Run it with ${flag}${others}.`, {
    cause,
    isUnsent: true,
    isRetryable: false,
  });
}

function hostOf(url: string | undefined): string | undefined {
  const host = url !== undefined && URL.canParse(url) ? new URL(url).host : "";
  return host === "" ? undefined : host;
}

function platformLimit(label: string, phase: "connect" | "idle", option: string, cause: unknown): TimeoutError {
  const limitMs = PLATFORM_LIMIT_MS;
  const what = phase === "connect" ? "no response headers came" : "not a byte came";
  return new TimeoutError(
    `${label}: ${what} for as long as the platform's fetch waits, ${limitMs} ms by default. Pass a fetch with a dispatcher whose ${option} is longer if that is expected.`,
    { phase, limitMs, cause },
  );
}

function causes(error: unknown): Record<string, unknown>[] {
  const chain: Record<string, unknown>[] = [];
  for (let current = error; isRecord(current) && chain.length < 5; ) {
    chain.push(current);
    const { errors } = current;
    current = Array.isArray(errors) && errors.length > 0 ? errors[0] : current.cause;
  }
  return chain;
}
