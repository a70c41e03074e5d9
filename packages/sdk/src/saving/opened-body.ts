import { SIGNATURE_BYTES } from "@flowith-webapi/core/http";

/** A download of which only the start was read, which is enough to name it. */
export interface OpenedBody {
  firstBytes: Uint8Array;
  /** All of it, from the first byte. */
  stream: ReadableStream<Uint8Array>;
  /** What has been read of the stream so far. */
  sizeBytes(): number;
  /** Ends the download, whoever reads the stream. */
  cancel(reason: unknown): Promise<void>;
}

export async function openBody(body: ReadableStream<Uint8Array>): Promise<OpenedBody> {
  const reader = body.getReader();
  const parts: Uint8Array[] = [];
  const start: number[] = [];
  while (start.length < SIGNATURE_BYTES) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    start.push(...value.subarray(0, SIGNATURE_BYTES));
  }
  let sizeBytes = 0;
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const part = parts.shift() ?? (await reader.read()).value;
        if (part === undefined) {
          controller.close();
          return;
        }
        sizeBytes += part.byteLength;
        controller.enqueue(part);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return {
    firstBytes: Uint8Array.from(start),
    stream,
    sizeBytes: () => sizeBytes,
    cancel: (reason) => reader.cancel(reason),
  };
}
