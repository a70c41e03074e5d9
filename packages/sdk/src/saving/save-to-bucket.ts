import {
  excerpt,
  FileSaveError,
  type MediaDownload,
  type SavedMedia,
  type SaveOptions,
} from "@flowith-webapi/core/http";
import { fixedLengthStreamClass, withLength } from "./fixed-length-stream.ts";
import { numberedNames } from "./numbered-names.ts";
import type { OpenedBody } from "./opened-body.ts";
import { saveOpened } from "./save-opened.ts";

/** What is used of an R2 bucket. Without `head`, what is there is replaced. */
export interface Bucket {
  put(key: string, value: ReadableStream<Uint8Array>, options?: object): Promise<unknown>;
  head?(key: string): Promise<unknown>;
}

/** R2 wants to know how long a stream is; what does not say so is collected up to here. */
const MOST_COLLECTED_BYTES = 64 * 1024 * 1024;

export function isBucket(target: unknown): target is Bucket {
  return typeof target === "object" && target !== null && "put" in target && typeof target.put === "function";
}

/**
 * Streams a download into a bucket. Its key is `key`, else the file's name; without `overwrite` the first free one.
 * @throws FileSaveError
 */
export function saveToBucket(
  bucket: Bucket,
  download: () => Promise<MediaDownload>,
  options: SaveOptions,
): Promise<SavedMedia> {
  return saveOpened(download, options, async ({ body, headers, filename, mimeType }) => {
    const requested = options.key ?? filename;
    const isFreeOnly = options.overwrite !== true && bucket.head !== undefined;
    const key = isFreeOnly ? await freeKey(bucket, requested) : requested;
    // R2 answers with null where the condition does not hold.
    const condition = isFreeOnly ? { onlyIf: new Headers({ "if-none-match": "*" }) } : {};
    const stored = await send(body, headers, (stream) =>
      bucket.put(key, stream, { httpMetadata: { contentType: mimeType }, ...condition }),
    );
    if (isFreeOnly && stored === null) {
      throw new FileSaveError(
        `save: another file was stored as ${excerpt(key, "end")} at the same moment. Save again.`,
      );
    }
    return key;
  });
}

async function freeKey(bucket: Bucket, requested: string): Promise<string> {
  for (const key of numberedNames(requested)) if (!(await bucket.head?.(key))) return key;
  throw new FileSaveError(`save: there are too many files of the name ${excerpt(requested)} in the bucket.`);
}

/** As a stream of known length where the runtime has such streams. */
async function send(
  body: OpenedBody,
  headers: Headers,
  put: (stream: ReadableStream<Uint8Array>) => Promise<unknown>,
): Promise<unknown> {
  const length = headers.has("content-encoding") ? null : headers.get("content-length");
  if (/^\d+$/.test(length ?? "")) return withLength(body.stream, Number(length), put);
  if (fixedLengthStreamClass() === undefined) return put(body.stream);
  const whole = await collect(body);
  return withLength(whole.stream(), whole.size, put);
}

async function collect({ stream, sizeBytes }: OpenedBody): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const reader = stream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (sizeBytes() > MOST_COLLECTED_BYTES) {
      throw new FileSaveError(
        `save: the file host does not say how large the file is, and more than ${MOST_COLLECTED_BYTES} bytes came, which is too much to collect in a Worker. Use stream() and a multipart upload.`,
      );
    }
    parts.push(new Uint8Array(part.value));
  }
  return new Blob(parts);
}
