import { basename, resolve } from "node:path";
import { FileUploadError, InvalidArgumentError, type OpenedFile } from "@flowith-webapi/core";
import { excerpt } from "@flowith-webapi/core/http";
import type { Disk, ReadableFile } from "./disk.ts";
import { diskProblem } from "./disk-problem.ts";
import { pathOf } from "./path-of.ts";

/** What is read at once. */
const BLOCK_BYTES = 512 * 1024;
/**
 * The same in Node, and what of it is handed on at once. V8 frees a block in a quick collection of young objects only where
 * there are enough of these for what the blocks hold; else every 32 MiB make it look through all that the process has, which
 * takes more time than all the rest. A part in a block of others costs nothing.
 */
const NODE_BLOCK_BYTES = 256 * 1024;
const NODE_PART_BYTES = 32 * 1024;

interface PlacedFile {
  disk: Disk;
  /** For errors. */
  label: string;
  /** As the caller writes it, for messages. */
  given: string;
  location: string;
}

/** A file on disk, to be read only as it is sent. @param label what it is read for, for errors */
export async function openFile(disk: Disk, path: string, label: string): Promise<OpenedFile> {
  if (path === "") throw new InvalidArgumentError(`${label}: the path is empty.`);
  const given = pathOf(label, path);
  // From the folder that the process is in now: it may be in another one when the file is read.
  const file: PlacedFile = { disk, label, given, location: resolve(given) };
  const entry = await disk.stat(file.location).catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  if (!entry.isFile) throw new InvalidArgumentError(`${label}: ${excerpt(given, "end")} is no file.`);
  return { name: basename(given), sizeBytes: entry.sizeBytes, stream: () => fileStream(file) };
}

/** An `InvalidArgumentError`, but where the path is right and the system has no room for it. */
function unreadable({ disk, label, given }: PlacedFile, cause: unknown): Error {
  const { code, advice, isPassing } = diskProblem(cause);
  const said = code === undefined ? "" : ` (${code})`;
  const message = `${label}: ${excerpt(given, "end")} cannot be read${said}. ${disk.advice?.(cause, given) ?? advice}`;
  if (!isPassing) return new InvalidArgumentError(message, { cause });
  return new FileUploadError(message, { status: 0, headers: new Headers(), body: undefined, isRetryable: true, cause });
}

/** Reads one block ahead, while the last one is sent: otherwise disk and network take turns. */
function fileStream(placed: PlacedFile): ReadableStream<Uint8Array> {
  const isNode = !("Bun" in globalThis) && !("Deno" in globalThis);
  const blockBytes = isNode ? NODE_BLOCK_BYTES : BLOCK_BYTES;
  const partBytes = isNode ? NODE_PART_BYTES : BLOCK_BYTES;
  let rest = new Uint8Array();
  let file: ReadableFile | undefined;
  let next: Promise<Uint8Array<ArrayBuffer>> | undefined;
  const readBlock = (from: ReadableFile): Promise<Uint8Array<ArrayBuffer>> => {
    const block = new Uint8Array(blockBytes);
    const reading = from.read(block).then((sizeBytes) => block.subarray(0, sizeBytes));
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
          if (rest.byteLength === 0) {
            file ??= await placed.disk.openFile(placed.location);
            rest = await (next ?? readBlock(file));
            if (rest.byteLength === 0) {
              await close();
              controller.close();
              return;
            }
            next = readBlock(file);
          }
          controller.enqueue(rest.subarray(0, partBytes));
          rest = rest.subarray(partBytes);
        } catch (cause) {
          await close().catch(() => undefined);
          throw unreadable(placed, cause);
        }
      },
      cancel: close,
    },
    { highWaterMark: 0 },
  );
}
