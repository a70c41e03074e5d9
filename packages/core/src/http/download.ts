import { hasParts } from "../bytes/web-body.ts";
import { ResponseShapeError } from "../errors/response-shape-error.ts";
import { limitsOf } from "../options/limits.ts";
import type { CallOptions, Progress } from "../options/options.ts";
import { excerpt } from "../text/excerpt.ts";
import { now } from "../timing/now.ts";
import { errorDocumentWatch } from "./error-document.ts";
import { limitedBody } from "./limited-body.ts";
import { describeRequest } from "./request.ts";
import type { OpenResponse, Transport } from "./transport.ts";

/** A file that is on its way here. */
export interface MediaDownload {
  url: string;
  headers: Headers;
  body: ReadableStream<Uint8Array>;
}

/** What is known of a file before it comes. */
export interface DownloadOptions {
  /** Whether a page can be the file that was asked for. Default false: it is what hosts show in place of a file. */
  mayBePage?: boolean | undefined;
  /** The MIME type that it is to have, where that is known: a message of just that type is the file. */
  wantedType?: string | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * Opens a file for reading. The token never goes to a file host.
 * @throws ResponseShapeError where the URL is none that is fetched, and where no file comes or a part of it
 */
export async function openDownload(
  transport: Transport,
  url: string,
  call: CallOptions,
  { mayBePage = false, wantedType = "", onProgress }: DownloadOptions = {},
): Promise<MediaDownload> {
  const unfit = unfitUrl(url);
  if (unfit !== undefined) throw noFile(unfit);
  const startedAtMs = now();
  const limits = limitsOf("download", call.timeout);
  const { headers: requestHeaders, maxRetries, signal, onResponse } = call;
  const opened = await transport.open({
    kind: "download",
    method: "GET",
    url,
    repeat: "safe",
    headers: requestHeaders,
    limits,
    maxRetries,
    signal,
    onResponse,
  });
  const label = describeRequest({ kind: "download", method: "GET", url });
  const isPartAsked = new Headers(requestHeaders).has("range");
  const wrong = whatIsNoFile(opened.response, { mayBePage, wantedType, isPartAsked });
  if (wrong !== undefined) {
    letGo(opened);
    throw noFile(`${label} answered ${opened.response.status} with ${wrong} in place of the file.`);
  }
  const { headers } = opened.response;
  const length = headers.get("content-length");
  const totalBytes = length === null || headers.has("content-encoding") ? undefined : Number(length);
  const onReceived =
    onProgress &&
    ((receivedBytes: number): void =>
      onProgress({ phase: "downloading", elapsedMs: now() - startedAtMs, receivedBytes, totalBytes }));
  // What comes in one piece shows no byte before its end.
  const idleMs = hasParts(opened.response) ? limits.idleMs : 0;
  const inspect = XML.test(wantedType) ? undefined : errorDocumentWatch(label, opened.response.status);
  return { url, headers, body: limitedBody(opened, { label, idleMs, totalBytes, inspect, onReceived }) };
}

/** Why a URL is not fetched, without its password, which the error that `fetch` refuses it with shows. */
export function unfitUrl(url: string): string | undefined {
  const { protocol, username, password } = URL.canParse(url) ? new URL(url) : {};
  if (protocol !== "http:" && protocol !== "https:") return `"${excerpt(url)}" is no URL that a file is fetched from.`;
  if (!username && !password) return undefined;
  return `"${excerpt(url)}" has a user name or password in it, and is not fetched. Fetch it yourself, by an authorization header.`;
}

const XML = /^\s*(application|text)\/xml\b/i;
const JSON_TYPE = /^\s*application\/json\b/i;

function noFile(message: string): ResponseShapeError {
  return new ResponseShapeError(message, { issues: [message], raw: undefined });
}

function whatIsNoFile(
  { status, headers }: Response,
  { mayBePage, wantedType, isPartAsked }: { mayBePage: boolean; wantedType: string; isPartAsked: boolean },
): string | undefined {
  if (status === 204 || status === 205) return "nothing";
  if (status === 206 && !isPartAsked) {
    return `a part (${excerpt(headers.get("content-range") ?? "of unknown range")}), which was not asked for,`;
  }
  const type = headers.get("content-type") ?? "";
  if (mayBePage) return undefined;
  if (/^\s*(text\/html|application\/xhtml\+xml)\b/i.test(type)) return "an HTML page";
  const isMessage = [JSON_TYPE, XML].some((one) => one.test(type) && !one.test(wantedType));
  return isMessage ? `a message (${excerpt(type)})` : undefined;
}

function letGo({ response, release }: OpenResponse): void {
  response.body?.cancel?.().catch(() => undefined);
  release();
}
