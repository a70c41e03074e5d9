import { type FileHandle, open, stat } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { InvalidArgumentError, type OpenedFile } from "@flowith-webapi/core";

const BLOCK_BYTES = 512 * 1024;

/** A file on disk, to be read only as it is sent. */
export async function openFile(path: string): Promise<OpenedFile> {
  const location = path.startsWith("file:") ? fileURLToPath(path) : path;
  const info = await stat(location).catch((cause: unknown) => {
    throw new InvalidArgumentError(`uploadFile: ${location} cannot be read. Check the path.`, { cause });
  });
  if (!info.isFile()) throw new InvalidArgumentError(`uploadFile: ${location} is no file.`);
  return { name: basename(location), sizeBytes: info.size, stream: () => fileStream(location) };
}

/** Reads one block ahead, while the last one is sent: otherwise disk and network take turns. */
function fileStream(location: string): ReadableStream<Uint8Array> {
  let file: FileHandle | undefined;
  let next: Promise<Uint8Array> | undefined;
  const readBlock = (from: FileHandle): Promise<Uint8Array> => {
    const block = new Uint8Array(BLOCK_BYTES);
    const reading = from.read(block, 0, BLOCK_BYTES, null).then(({ bytesRead }) => block.subarray(0, bytesRead));
    // It fails where it is awaited, or nobody minds.
    reading.catch(() => undefined);
    return reading;
  };
  const close = async (): Promise<void> => {
    await next?.catch(() => undefined);
    await file?.close();
    file = undefined;
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          file ??= await open(location);
          const block = await (next ?? readBlock(file));
          if (block.byteLength === 0) {
            await close();
            controller.close();
            return;
          }
          next = readBlock(file);
          controller.enqueue(block);
        } catch (cause) {
          await close().catch(() => undefined);
          throw new InvalidArgumentError(`uploadFile: ${location} cannot be read. Check the path.`, { cause });
        }
      },
      cancel: close,
    },
    { highWaterMark: 0 },
  );
}
