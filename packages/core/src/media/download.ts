import { connectionError } from "../edge/connection-failure.ts";
import type { HttpClient, OpenResponse } from "../edge/http-client.ts";
import type { MediaDownload } from "../files-port.ts";
import type { CallOptions, Progress } from "../options.ts";
import { withSignal } from "../timing/with-signal.ts";

const IDLE_MS = 30_000;

/** Opens a file for reading. The token never goes to a file host. */
export async function openDownload(
  http: HttpClient,
  url: string,
  call: CallOptions,
  onProgress?: (progress: Progress) => void,
): Promise<MediaDownload> {
  const startedAtMs = Date.now();
  const opened = await http.open({
    kind: "download",
    method: "GET",
    url,
    authorize: "none",
    repeat: "safe",
    headers: call.headers,
    timeout: { ...call.timeout, totalMs: call.timeout?.totalMs ?? 0 },
    maxRetries: call.maxRetries,
    signal: call.signal,
    onResponse: call.onResponse,
  });
  const { headers } = opened.response;
  const length = headers.get("content-length");
  const totalBytes = length === null || headers.has("content-encoding") ? undefined : Number(length);
  const report = (receivedBytes: number): void =>
    onProgress?.({ phase: "downloading", elapsedMs: Date.now() - startedAtMs, receivedBytes, totalBytes });
  return { url, headers, body: limitedBody(opened, `GET ${new URL(url).pathname}`, call, totalBytes, report) };
}

/** The body with its limits: 30 s without a byte, the caller's abort, and an error where it ends too soon. */
function limitedBody(
  opened: OpenResponse,
  what: string,
  call: CallOptions,
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
  deadline.start("total", call.timeout?.totalMs);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          deadline.start("idle", call.timeout?.idleMs ?? IDLE_MS);
          const part = reader === undefined ? undefined : await withSignal(reader.read(), deadline.signal);
          deadline.stop("idle");
          if (part === undefined || part.done) {
            if (totalBytes !== undefined && receivedBytes < totalBytes)
              throw new Error(`${receivedBytes} of ${totalBytes} bytes came`);
            release();
            controller.close();
            return;
          }
          receivedBytes += part.value.byteLength;
          report(receivedBytes);
          controller.enqueue(part.value);
        } catch (error) {
          const reason = deadline.signal.aborted ? deadline.signal.reason : connectionError(what, error);
          await end();
          controller.error(reason);
        }
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
}
