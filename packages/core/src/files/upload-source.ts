import { blobStream, bytesStream } from "../bytes/block-stream.ts";
import { bytesOf } from "../bytes/bytes-of.ts";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { openDownload } from "../http/download.ts";
import type { Transport } from "../http/transport.ts";
import type { FileOpener, FileSource } from "./file-source.ts";
import { httpUrl } from "./http-url.ts";
import { iterableReader } from "./iterable-reader.ts";
import { pathOf } from "./path-source.ts";
import { refusedSource } from "./refused-source.ts";
import { SourceReader } from "./source-reader.ts";
import { isAsyncIterable, isStream } from "./source-shapes.ts";

/** A file to upload, of which nothing is read yet. */
export interface UploadSource {
  name: string | undefined;
  /** As the source itself says. */
  mimeType: string | undefined;
  /** Of what is not repeatable this is what a header says, which may be wrong. */
  sizeBytes: number | undefined;
  /** False for streams: `open` can be called once only. */
  isRepeatable: boolean;
  open(): SourceReader;
  /** What `open` reads, where that is a Blob. */
  blob?: Blob;
}

export interface SourceTools {
  transport: Transport;
  files: FileOpener;
}

/** Opens any source. URLs are fetched, without the token. @throws InvalidArgumentError */
export async function openSource(
  { transport, files }: SourceTools,
  source: string | URL | FileSource,
  signal: AbortSignal,
): Promise<UploadSource> {
  const url = httpUrl(source);
  if (url !== undefined) {
    const { body, headers } = await openDownload(transport, url.href, { signal });
    return { ...streamSource(body, headers), name: decodeName(url.pathname.split("/").pop()) };
  }
  if (typeof source === "string" || source instanceof URL) return openPath(files, String(source));
  if (typeof source !== "object" || source === null) throw refusedSource(source);
  if (source instanceof Blob) return blobSource(source);
  const bytes = bytesOf(source);
  if (bytes !== undefined) return bytesSource(bytes);
  if (source instanceof Response) return responseSource(source);
  if (isStream(source)) return streamSource(source);
  if (isAsyncIterable(source)) return onceOnlySource(() => iterableReader(source));
  const path = pathOf(source);
  if (path !== undefined) return openPath(files, path);
  throw refusedSource(source);
}

async function openPath(files: FileOpener, path: string): Promise<UploadSource> {
  const { name, sizeBytes, stream } = await files.open(path);
  return { name, mimeType: undefined, sizeBytes, isRepeatable: true, open: () => streamReader(stream()) };
}

/** A Blob of Bun may stand for a file on disk: its name then is a path, and where it is missing it reads as empty. */
async function blobSource(blob: Blob & { name?: unknown; exists?: unknown }): Promise<UploadSource> {
  const path = typeof blob.name === "string" ? blob.name : undefined;
  if (typeof blob.exists === "function" && !(await blob.exists())) {
    throw new InvalidArgumentError(`uploadFile: ${path ?? "the file"} cannot be read. Check the path.`);
  }
  const name = blob instanceof File ? path : path?.split(/[\\/]/).pop();
  const open = (): SourceReader => streamReader(blobStream(blob));
  return { name, mimeType: blob.type || undefined, sizeBytes: blob.size, isRepeatable: true, open, blob };
}

function bytesSource(bytes: Uint8Array): UploadSource {
  const open = (): SourceReader => streamReader(bytesStream(bytes));
  return { name: undefined, mimeType: undefined, sizeBytes: bytes.byteLength, isRepeatable: true, open };
}

function streamSource(stream: ReadableStream<Uint8Array>, headers?: Headers): UploadSource {
  return onceOnlySource(() => streamReader(stream), headers);
}

function onceOnlySource(open: () => SourceReader, headers?: Headers): UploadSource {
  const length = headers?.has("content-encoding") ? null : headers?.get("content-length");
  return {
    name: undefined,
    mimeType: headers?.get("content-type") ?? undefined,
    sizeBytes: /^\d+$/.test(length ?? "") ? Number(length) : undefined,
    isRepeatable: false,
    open,
  };
}

function streamReader(stream: ReadableStream<Uint8Array>): SourceReader {
  return new SourceReader(stream.getReader());
}

/** What a host says in place of a file is no file. */
function responseSource({ ok, status, body, headers }: Response): UploadSource {
  if (ok) return streamSource(body ?? bytesStream(new Uint8Array()), headers);
  throw new InvalidArgumentError(`uploadFile: the Response has the status ${status}, so its body is not the file.`);
}

function decodeName(segment: string | undefined): string | undefined {
  if (!segment) return undefined;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
