import { limitsOf } from "../options/limits.ts";
import type { CallOptions, Progress } from "../options/options.ts";
import { now } from "../timing/now.ts";
import { limitedBody } from "./limited-body.ts";
import type { Transport } from "./transport.ts";

/** A file that is on its way here. */
export interface MediaDownload {
  url: string;
  headers: Headers;
  body: ReadableStream<Uint8Array>;
}

/** Opens a file for reading. The token never goes to a file host. */
export async function openDownload(
  transport: Transport,
  url: string,
  call: CallOptions,
  onProgress?: (progress: Progress) => void,
): Promise<MediaDownload> {
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
  const { headers } = opened.response;
  const length = headers.get("content-length");
  const totalBytes = length === null || headers.has("content-encoding") ? undefined : Number(length);
  const onReceived =
    onProgress &&
    ((receivedBytes: number): void =>
      onProgress({ phase: "downloading", elapsedMs: now() - startedAtMs, receivedBytes, totalBytes }));
  const label = `GET ${new URL(url).pathname}`;
  return { url, headers, body: limitedBody(opened, { label, idleMs: limits.idleMs, totalBytes, onReceived }) };
}
