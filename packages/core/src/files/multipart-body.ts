import { randomUuid } from "../text/random-uuid.ts";
import type { SourceReader } from "./source-reader.ts";

/** The multipart/form-data of one file (WHATWG "multipart/form-data encoding algorithm"), without the file's bytes. */
export interface MultipartFrame {
  contentType: string;
  /** What stands before the file's bytes, and after them. */
  head: Uint8Array<ArrayBuffer>;
  tail: Uint8Array<ArrayBuffer>;
}

export interface MultipartFields {
  filename: string;
  mimeType: string;
  fileType: string;
}

export function multipartFrame({ filename, mimeType, fileType }: MultipartFields): MultipartFrame {
  const boundary = `flowith-${randomUuid()}`;
  const field = (name: string): string => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`;
  const encoder = new TextEncoder();
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    head: encoder.encode(`${field("file")}; filename="${escaped(filename)}"\r\nContent-Type: ${mimeType}\r\n\r\n`),
    tail: encoder.encode(`\r\n${field("type")}\r\n\r\n${fileType}\r\n--${boundary}--\r\n`),
  };
}

/** Names stand as they are, in UTF-8, but for what would end them. */
function escaped(filename: string): string {
  return filename.replace(/["\r\n]/g, (character) => encodeURIComponent(character));
}

export interface MultipartStream {
  stream: ReadableStream<Uint8Array>;
  /** Ends it wherever it is, and the content with it. Without effect when all has been read. */
  stop(reason: unknown): void;
}

export interface MultipartWatcher {
  /** Sees each part of the content before it goes out, and undefined at its end; what it throws ends the body. */
  inspect(part: Uint8Array | undefined): void;
  /** Hears what ended the body too soon: runtimes wrap such an error each in its own way, or drop it. */
  onError(error: unknown): void;
}

/**
 * The frame with the content inside. Content is pulled only as fast as the body is, so that no more than a part of it
 * is ever in memory.
 */
export function multipartStream(
  { head, tail }: MultipartFrame,
  content: SourceReader,
  watcher: MultipartWatcher,
): MultipartStream {
  let isBegun = false;
  let isOver = false;
  let stop: MultipartStream["stop"] = () => undefined;
  const cancel = (reason: unknown): Promise<void> => {
    isOver = true;
    return content.cancel(reason);
  };
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        stop = (reason) => {
          if (isOver) return;
          void cancel(reason);
          controller.error(reason);
        };
      },
      async pull(controller) {
        if (!isBegun) {
          isBegun = true;
          controller.enqueue(head);
          return;
        }
        try {
          const part = await content.next();
          if (isOver) return;
          watcher.inspect(part);
          controller.enqueue(part ?? tail);
          if (part !== undefined) return;
          isOver = true;
          controller.close();
        } catch (error) {
          watcher.onError(error);
          stop(error);
        }
      },
      cancel,
    },
    { highWaterMark: 0 },
  );
  return { stream, stop };
}
