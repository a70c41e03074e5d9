import { connectionError } from "../edge/connection-failure.ts";
import type { HttpClient, OpenResponse } from "../edge/http-client.ts";
import type { MediaDownload } from "../files/files-port.ts";
import { limitsOf } from "../limits.ts";
import type { CallOptions, Progress } from "../options.ts";
import { withSignal } from "../timing/with-signal.ts";

/** Opens a file for reading. The token never goes to a file host. */
export async function openDownload(
  http: HttpClient,
  url: string,
  call: CallOptions,
  onProgress?: (progress: Progress) => void,
): Promise<MediaDownload> {
  const startedAtMs = Date.now();
  const limits = limitsOf("download", call.timeout);
  const { headers: requestHeaders, maxRetries, signal, onResponse } = call;
  const opened = await http.open({
    kind: "download",
    method: "GET",
    url,
    authorize: "none",
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
  const report = (receivedBytes: number): void =>
    onProgress?.({ phase: "downloading", elapsedMs: Date.now() - startedAtMs, receivedBytes, totalBytes });
  const what = `GET ${new URL(url).pathname}`;
  return { url, headers, body: limitedBody(opened, what, limits.idleMs, totalBytes, report) };
}

/** The body with its limits, and an error where it ends too soon. It is read only as fast as its reader wants. */
function limitedBody(
  opened: OpenResponse,
  what: string,
  idleMs: number,
  totalBytes: number | undefined,
  report: (receivedBytes: number) => void,
): ReadableStream<Uint8Array> {
  const { response, deadline, release } = opened;
  const reader = response.body?.getReader();
  let receivedBytes = 0;
  const end = async (): Promise<void> => {
    release();
    await reader?.cancel().catch(() => undefined);
  };
  const read = async (): Promise<Uint8Array | undefined> => {
    deadline.start("idle", idleMs);
    try {
      const part = await withSignal(reader?.read() ?? Promise.resolve(undefined), deadline.signal);
      if (part !== undefined && !part.done) return part.value;
    } catch (error) {
      throw deadline.signal.aborted ? deadline.signal.reason : connectionError("download", what, error);
    } finally {
      deadline.stop("idle");
    }
    if (totalBytes === undefined || receivedBytes >= totalBytes) return undefined;
    throw connectionError("download", what, new Error(`${receivedBytes} of ${totalBytes} bytes came`));
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const part = await read();
          if (part === undefined) {
            release();
            controller.close();
            return;
          }
          receivedBytes += part.byteLength;
          report(receivedBytes);
          controller.enqueue(part);
        } catch (error) {
          await end();
          controller.error(error);
        }
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
}
