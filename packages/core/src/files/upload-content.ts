import { SIGNATURE_BYTES } from "../bytes/file-signatures.ts";
import { joined } from "../bytes/joined.ts";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { readAhead } from "./read-ahead.ts";
import type { SourceReader } from "./source-reader.ts";
import type { UploadSource } from "./upload-source.ts";

/** Up to here a file is read before it is sent: it then has a length, and can be sent again after a 401 or 429. */
const SMALL_BYTES = 1024 * 1024;

/** What is sent: in one piece, or as a stream. */
export interface UploadContent {
  source: UploadSource;
  /** Where it goes out in one piece: a Blob where the platform takes no streams, else bytes, which no other realm has. */
  whole: Blob | Uint8Array<ArrayBuffer> | undefined;
  /** Enough to tell its type. */
  firstBytes: Uint8Array;
}

/** How a file is read: under the call's limits, and not beyond what may be sent. */
export interface ReadLimits {
  /** For errors. */
  label: string;
  maxBytes: number;
  signal: AbortSignal;
  /** See `Platform.uploadBody`. */
  body: "stream" | "blob";
}

/**
 * Reads the start of a source, and lets go of it when that fails.
 * @throws InvalidArgumentError over `maxBytes`, as far as that is known before the file is sent
 */
export async function uploadContent(source: UploadSource, limits: ReadLimits): Promise<UploadContent> {
  const reader = source.open();
  try {
    return await readStart(source, reader, limits);
  } catch (error) {
    void reader.cancel(error);
    throw error;
  }
}

async function readStart(
  source: UploadSource,
  reader: SourceReader,
  { label, maxBytes, signal, body }: ReadLimits,
): Promise<UploadContent> {
  const { sizeBytes = Number.POSITIVE_INFINITY, blob } = source;
  if (sizeBytes !== Number.POSITIVE_INFINITY && sizeBytes > maxBytes) throw tooLarge(label, maxBytes);
  if (body === "blob" && blob !== undefined && sizeBytes > SMALL_BYTES) {
    const firstBytes = new Uint8Array(await blob.slice(0, SIGNATURE_BYTES).arrayBuffer());
    return { source, whole: blob, firstBytes };
  }
  const isStreamed = body === "stream" && source.isRepeatable && sizeBytes > SMALL_BYTES;
  const enoughBytes = isStreamed ? SIGNATURE_BYTES : Math.min(maxBytes, body === "blob" ? maxBytes : SMALL_BYTES);
  const ahead = await readAhead(reader, enoughBytes, signal);
  const firstBytes = ahead.parts[0]?.slice(0, SIGNATURE_BYTES) ?? new Uint8Array();
  if (ahead.isWhole) {
    const whole = body === "blob" ? new Blob(ahead.parts) : joined(ahead.parts, ahead.sizeBytes);
    return { source: { ...source, sizeBytes: ahead.sizeBytes, isRepeatable: true }, whole, firstBytes };
  }
  if (ahead.sizeBytes > maxBytes) throw tooLarge(label, maxBytes);
  if (isStreamed) {
    void reader.cancel(undefined);
    return { source, whole: undefined, firstBytes };
  }
  return { source: { ...source, isRepeatable: false, open: () => reader }, whole: undefined, firstBytes };
}

export function tooLarge(label: string, maxBytes: number): InvalidArgumentError {
  return new InvalidArgumentError(
    `${label}: the file has more than ${maxBytes} bytes. Flowith takes 20 MiB; raise maxBytes of uploadFile if yours takes more.`,
  );
}
