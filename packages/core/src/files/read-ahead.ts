import { withSignal } from "../timing/with-signal.ts";
import type { SourceReader } from "./source-reader.ts";

/** Small parts are packed until they make so many bytes, since each costs far more memory than it holds. */
const BLOCK_BYTES = 64 * 1024;

/** The start of a source. */
export interface ReadAhead {
  /** Small parts are packed, so that the first of them has as much as tells a type. */
  parts: Uint8Array<ArrayBuffer>[];
  sizeBytes: number;
  /** Whether that is all of it; else the reader continues, from the first byte. */
  isWhole: boolean;
}

/** Reads until there are more than `enoughBytes`, or all; stops waiting when the signal aborts. */
export async function readAhead(reader: SourceReader, enoughBytes: number, signal: AbortSignal): Promise<ReadAhead> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let sizeBytes = 0;
  while (sizeBytes <= enoughBytes) {
    const wantedBytes = Math.min(BLOCK_BYTES, enoughBytes + 1 - sizeBytes);
    const part = await withSignal(reader.next(wantedBytes), signal);
    if (part === undefined) return { parts, sizeBytes, isWhole: true };
    sizeBytes += part.byteLength;
    parts.push(part);
  }
  reader.unread(parts);
  return { parts, sizeBytes, isWhole: false };
}
