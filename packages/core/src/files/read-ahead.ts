import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { withSignal } from "../timing/with-signal.ts";
import type { UploadSource } from "./upload-source.ts";

/** A source of which the first part was read; `rest` continues with it. */
export interface ReadAhead {
  parts: Uint8Array<ArrayBuffer>[];
  sizeBytes: number;
  isWhole: boolean;
  /** All of it, from the first byte; undefined where `isWhole`. */
  rest: ReadableStream<Uint8Array> | undefined;
}

/**
 * Reads until there are more than `enoughBytes`, or all. Cancels the source when that fails, and when the signal aborts.
 */
export async function readAhead(source: UploadSource, enoughBytes: number, signal: AbortSignal): Promise<ReadAhead> {
  const reader = source.open().getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let sizeBytes = 0;
  try {
    while (sizeBytes <= enoughBytes) {
      const { done, value } = await withSignal(reader.read(), signal);
      if (done) return { parts, sizeBytes, isWhole: true, rest: undefined };
      if (!(value instanceof Uint8Array)) {
        throw new InvalidArgumentError(
          "uploadFile: the stream must give Uint8Arrays. Pipe texts through TextEncoderStream.",
        );
      }
      sizeBytes += value.byteLength;
      // Whose memory it is may be used again for what is read next.
      parts.push(new Uint8Array(value));
    }
  } catch (error) {
    reader.cancel(error).catch(() => undefined);
    throw error;
  }
  return { parts, sizeBytes, isWhole: false, rest: continued([...parts], reader) };
}

function continued(parts: Uint8Array[], reader: ReadableStreamDefaultReader<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = parts.shift();
        const value = next ?? (await reader.read()).value;
        if (value === undefined) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
