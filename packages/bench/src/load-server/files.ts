import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";

const BLOCK = Buffer.alloc(256 * 1024, "flowith ");

/** Sends a file of that size, made of one block that is never copied. */
export async function sendFile(response: ServerResponse, sizeBytes: number): Promise<void> {
  response.writeHead(200, { "content-type": "image/png", "content-length": sizeBytes });
  await pipeline(Readable.from(blocks(sizeBytes)), response);
}

function* blocks(sizeBytes: number): Generator<Buffer> {
  for (let left = sizeBytes; left > 0; left -= BLOCK.length)
    yield left < BLOCK.length ? BLOCK.subarray(0, left) : BLOCK;
}

/** Takes an upload and forgets it. @returns the size of the body, multipart framing included */
export async function receiveUpload(request: IncomingMessage): Promise<number> {
  let sizeBytes = 0;
  request.on("data", (part: Buffer) => {
    sizeBytes += part.length;
  });
  await finished(request);
  return sizeBytes;
}
