const BLOCK_BYTES = 512 * 1024;

/**
 * A Blob block by block. `Blob.stream()` of Node and Deno gives what is in memory as one part, a second copy of the whole,
 * and Deno does so with a file as well.
 */
export function blobStream(blob: Blob): ReadableStream<Uint8Array> {
  return blockStream(blob.size, async (at, end) => new Uint8Array(await blob.slice(at, end).arrayBuffer()));
}

/** Bytes block by block, none of them copied. */
export function bytesStream(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return blockStream(bytes.byteLength, async (at, end) => bytes.subarray(at, end));
}

function blockStream(
  sizeBytes: number,
  read: (at: number, end: number) => Promise<Uint8Array>,
): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const end = Math.min(at + BLOCK_BYTES, sizeBytes);
        if (end > at) controller.enqueue(await read(at, end));
        at = end;
        if (at >= sizeBytes) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}
