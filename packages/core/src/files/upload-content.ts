import { SIGNATURE_BYTES } from "../bytes/file-signatures.ts";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { readAhead } from "./read-ahead.ts";
import type { UploadSource } from "./upload-source.ts";

/** Up to here a file is read before it is sent: it then has a length, and can be sent again after a 401 or 429. */
const SMALL_BYTES = 1024 * 1024;

/** What is sent: a Blob in one piece, anything else as a stream. */
export interface UploadContent {
  source: UploadSource;
  /** Where it goes out in one piece. */
  whole: Blob | undefined;
  /** Enough to tell its type. */
  firstBytes: Uint8Array;
}

/** How a file is read: under the call's limits, and not beyond what may be sent. */
export interface ReadLimits {
  maxBytes: number;
  signal: AbortSignal;
  /** See `Platform.uploadBody`. */
  body: "stream" | "blob";
}

/** @throws InvalidArgumentError over `maxBytes`, as far as that is known before the file is sent */
export async function uploadContent(source: UploadSource, limits: ReadLimits): Promise<UploadContent> {
  const { maxBytes, signal, body } = limits;
  const { sizeBytes = Number.POSITIVE_INFINITY, blob } = source;
  if (sizeBytes !== Number.POSITIVE_INFINITY && sizeBytes > maxBytes) {
    const error = tooLarge(maxBytes);
    if (!source.isRepeatable) void source.open().cancel(error);
    throw error;
  }
  if (body === "blob" && blob !== undefined && sizeBytes > SMALL_BYTES) {
    const firstBytes = new Uint8Array(await blob.slice(0, SIGNATURE_BYTES).arrayBuffer());
    return { source, whole: blob, firstBytes };
  }
  const isStreamed = body === "stream" && source.isRepeatable && sizeBytes > SMALL_BYTES;
  const enoughBytes = isStreamed ? SIGNATURE_BYTES : Math.min(maxBytes, body === "blob" ? maxBytes : SMALL_BYTES);
  const reader = source.open();
  const ahead = await readAhead(reader, enoughBytes, signal);
  const firstBytes = startOf(ahead.parts);
  if (ahead.isWhole) {
    const whole = new Blob(ahead.parts);
    return { source: { ...source, sizeBytes: whole.size, isRepeatable: true }, whole, firstBytes };
  }
  if (ahead.sizeBytes > maxBytes) {
    const error = tooLarge(maxBytes);
    void reader.cancel(error);
    throw error;
  }
  if (isStreamed) {
    void reader.cancel(undefined);
    return { source, whole: undefined, firstBytes };
  }
  return { source: { ...source, isRepeatable: false, open: () => reader }, whole: undefined, firstBytes };
}

/** As much as tells a type, of parts that may be as small as a byte. */
function startOf(parts: readonly Uint8Array[]): Uint8Array {
  const start: number[] = [];
  for (const part of parts) {
    if (start.length >= SIGNATURE_BYTES) break;
    start.push(...part.subarray(0, SIGNATURE_BYTES));
  }
  return Uint8Array.from(start);
}

export function tooLarge(maxBytes: number): InvalidArgumentError {
  return new InvalidArgumentError(
    `uploadFile: the file has more than ${maxBytes} bytes. Flowith takes 20 MiB; raise maxBytes if yours takes more.`,
  );
}
