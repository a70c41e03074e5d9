// A file's read stream as the body of a bare fetch, without multipart framing.
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { readTask } from "./task.ts";
import { measureTransfer } from "./transfer.ts";

const task = readTask();

function fileStream(path: string): ReadableStream<Uint8Array> {
  const parts = createReadStream(path, { highWaterMark: 256 * 1024 })[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await parts.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
    },
    { highWaterMark: 0 },
  );
}

await measureTransfer(task, async (_sizeBytes, isWarmup) => {
  const init: RequestInit & { duplex: "half" } = {
    method: "POST",
    body: fileStream(join(task.folder, isWarmup ? "small.bin" : "large.bin")),
    duplex: "half",
    // Else Node keeps all that it sends, in case that it must send it anew elsewhere.
    redirect: "error",
  };
  const response = await fetch(`${task.url}/file/store`, init);
  if (!response.ok) throw new Error(`The upload was answered ${response.status}.`);
});
process.exit(0);
