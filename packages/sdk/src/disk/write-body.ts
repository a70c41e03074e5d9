import { SIGNATURE_BYTES } from "@flowith-webapi/core";
import { isByteStream } from "@flowith-webapi/core/http";
import type { NewFile } from "./disk.ts";

/** Networks give parts of some 64 KiB; a call to the system for each of them costs more than the writing. */
const WRITE_BYTES = 512 * 1024;
/** Of one block: ext4 takes twice the time for a write of 512 KiB from one, and half as much again for those of 64 KiB. */
const BLOCK_BYTES = 128 * 1024;

export interface WrittenBody {
  sizeBytes: number;
  /** Enough to tell its type. */
  firstBytes: Uint8Array;
}

/** Writes a body to a file in few large pieces, each of them while the next one comes. Cancels the body when that fails. */
export async function writeBody(body: ReadableStream<Uint8Array>, file: NewFile): Promise<WrittenBody> {
  const isBytes = isByteStream(body);
  // Only Deno's bodies read straight into memory that they are given: a third of the work. In Node that is one more copy.
  const reader = isBytes && "Deno" in globalThis ? body.getReader({ mode: "byob" }) : body.getReader();
  const isGathered = reader instanceof ReadableStreamDefaultReader;
  let firstBytes = new Uint8Array();
  let sizeBytes = 0;
  let writing: Promise<void> = Promise.resolve();
  try {
    for await (const parts of isGathered ? gathered(reader) : filled(reader)) {
      for (const part of parts) {
        sizeBytes += part.byteLength;
        if (firstBytes.byteLength >= SIGNATURE_BYTES) continue;
        firstBytes = Uint8Array.from([...firstBytes, ...part.subarray(0, SIGNATURE_BYTES)]);
      }
      await writing;
      writing = isBytes && isGathered ? file.write(parts).then(() => free(parts)) : file.write(parts);
      // It fails where it is awaited: before the next piece, or at the end.
      writing.catch(() => undefined);
    }
    await writing;
    return { sizeBytes, firstBytes };
  } catch (error) {
    await writing.catch(() => undefined);
    await reader.cancel(error).catch(() => undefined);
    throw error;
  }
}

/** Gives memory back at once. Left to the collector, each 32 MiB make V8 look through all that the process holds. */
function free(parts: readonly Uint8Array[]): void {
  for (const { buffer } of parts) if (buffer instanceof ArrayBuffer) buffer.transfer?.(0);
}

async function* gathered(reader: ReadableStreamDefaultReader<Uint8Array>): AsyncGenerator<Uint8Array[]> {
  let parts: Uint8Array[] = [];
  let waitingBytes = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    waitingBytes += part.value.byteLength;
    if (waitingBytes < WRITE_BYTES) continue;
    yield parts;
    parts = [];
    waitingBytes = 0;
  }
  if (parts.length > 0) yield parts;
}

/** Two blocks in turn: one is filled while the other is written. */
async function* filled(reader: ReadableStreamBYOBReader): AsyncGenerator<Uint8Array[]> {
  let free = new ArrayBuffer(BLOCK_BYTES);
  let busy = new ArrayBuffer(BLOCK_BYTES);
  for (;;) {
    const block = await fill(reader, free);
    if (block.byteLength > 0) yield [block];
    if (block.byteLength < BLOCK_BYTES) return;
    free = busy;
    busy = block.buffer;
  }
}

/** Fills all of the memory, but at the body's end. The memory moves into what is returned. */
async function fill(reader: ReadableStreamBYOBReader, memory: ArrayBuffer): Promise<Uint8Array<ArrayBuffer>> {
  let block = new Uint8Array(memory, 0, 0);
  while (block.byteLength < BLOCK_BYTES) {
    const start = block.byteLength;
    const { done, value } = await reader.read(new Uint8Array(block.buffer, start));
    // Only a cancelled body keeps the memory.
    if (value === undefined) throw new Error("The body was cancelled.");
    block = new Uint8Array(value.buffer, 0, start + value.byteLength);
    if (done) break;
  }
  return block;
}
