import { SIGNATURE_BYTES } from "@flowith-webapi/core";
import type { NewFile } from "./disk.ts";

/** Networks give parts of some 64 KiB; a call to the system for each of them costs more than the writing. */
const WRITE_BYTES = 512 * 1024;

export interface WrittenBody {
  sizeBytes: number;
  /** Enough to tell its type. */
  firstBytes: Uint8Array;
}

/** Writes a body to a file in few large pieces, each of them while the next one comes. Cancels the body when that fails. */
export async function writeBody(body: ReadableStream<Uint8Array>, file: NewFile): Promise<WrittenBody> {
  const reader = body.getReader();
  let firstBytes = new Uint8Array();
  let sizeBytes = 0;
  let parts: Uint8Array[] = [];
  let waitingBytes = 0;
  let writing: Promise<void> = Promise.resolve();
  const flush = async (): Promise<void> => {
    await writing;
    writing = parts.length === 0 ? Promise.resolve() : file.write(parts);
    // It fails where it is awaited: before the next piece, or at the end.
    writing.catch(() => undefined);
    parts = [];
    waitingBytes = 0;
  };
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      if (firstBytes.byteLength < SIGNATURE_BYTES) {
        firstBytes = Uint8Array.from([...firstBytes, ...part.value.subarray(0, SIGNATURE_BYTES)]);
      }
      parts.push(part.value);
      sizeBytes += part.value.byteLength;
      waitingBytes += part.value.byteLength;
      if (waitingBytes >= WRITE_BYTES) await flush();
    }
    await flush();
    await writing;
    return { sizeBytes, firstBytes };
  } catch (error) {
    await writing.catch(() => undefined);
    await reader.cancel(error).catch(() => undefined);
    throw error;
  }
}
