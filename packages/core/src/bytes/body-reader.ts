import { isByteStream } from "./is-byte-stream.ts";

export type BodyPart = ReadableStreamReadResult<Uint8Array<ArrayBuffer>>;

/** Reads a body part by part or, where it is a stream of bytes, into memory that its reader brings. */
export interface BodyReader {
  /** Whether it is a stream of bytes: each of its parts then is the only one in its memory, which may be passed on. */
  readonly isBytes: boolean;
  next(): Promise<BodyPart>;
  /** Only of a stream of bytes. The memory of `view` goes with it; what is read comes in a view on the same. */
  into(view: ArrayBufferView<ArrayBuffer> | null): Promise<BodyPart>;
  cancel(reason: unknown): Promise<void>;
}

/** Takes the lock of the body. */
export function bodyReader(body: ReadableStream<Uint8Array<ArrayBuffer>>): BodyReader {
  const isBytes = isByteStream(body);
  let parts: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> | undefined = body.getReader();
  let blocks: ReadableStreamBYOBReader | undefined;
  return {
    isBytes,
    next() {
      if (parts === undefined) {
        blocks?.releaseLock();
        blocks = undefined;
        parts = body.getReader();
      }
      return parts.read();
    },
    into(view) {
      if (blocks === undefined) {
        parts?.releaseLock();
        parts = undefined;
        blocks = body.getReader({ mode: "byob" });
      }
      return blocks.read(bytesOf(view));
    },
    cancel: (reason) => (parts ?? blocks ?? body).cancel(reason),
  };
}

function bytesOf(view: ArrayBufferView<ArrayBuffer> | null): Uint8Array<ArrayBuffer> {
  if (view === null) throw new TypeError("A stream of bytes asked for none.");
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
