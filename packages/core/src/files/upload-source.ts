import { blobStream, bytesStream } from "../bytes/block-stream.ts";
import { bytesOf } from "../bytes/bytes-of.ts";
import { type DispositionReader, lastSegment, nameOfDownload } from "../bytes/file-name.ts";
import { isByteStream } from "../bytes/is-byte-stream.ts";
import { mimeTypeOf } from "../bytes/mime-types.ts";
import { isAsyncIterable, isBlob, isResponse, isStream } from "../bytes/source-shapes.ts";
import { webBody } from "../bytes/web-body.ts";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { openDownload, unfitUrl } from "../http/download.ts";
import type { Transport } from "../http/transport.ts";
import { excerpt } from "../text/excerpt.ts";
import { nulFault } from "../text/nul-fault.ts";
import { dataOfUrl } from "./data-url.ts";
import type { FileOpener, FileSource } from "./file-source.ts";
import { iterableReader } from "./iterable-reader.ts";
import { pathOf } from "./path-source.ts";
import { refusedSource } from "./refused-source.ts";
import { SourceReader } from "./source-reader.ts";
import { type SourceUrl, sourceUrl } from "./source-url.ts";

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

export interface OpenOptions {
  /** What it is opened for, for errors. */
  label: string;
  signal: AbortSignal;
  /** What the caller takes it for, where the call says so. */
  mimeType: string | undefined;
}

/** Opens any source. URLs are fetched, without the token. @throws InvalidArgumentError */
export async function openSource(
  tools: SourceTools,
  source: string | URL | FileSource,
  options: OpenOptions,
): Promise<UploadSource> {
  const { label } = options;
  const url = sourceUrl(source, label);
  if (url !== undefined) return openUrl(tools, url, options);
  if (typeof source === "string") return openPath(tools.files, source, label);
  if (typeof source !== "object" || source === null) throw refusedSource(source, label);
  if (isBlob(source)) return blobSource(source, label);
  const bytes = bytesOf(source);
  if (bytes !== undefined) return bytesSource(bytes, label);
  if (isResponse(source)) return responseSource(source, tools.files.readDisposition, label);
  if (isStream(source)) return streamSource(source, label);
  if (isAsyncIterable(source)) {
    return { ...onceOnlySource(() => iterableReader(source, label)), name: nameOfReadStream(source) };
  }
  const path = pathOf(source);
  if (path !== undefined) return openPath(tools.files, path, label);
  throw refusedSource(source, label);
}

async function openUrl(
  { transport, files }: SourceTools,
  { scheme, href }: SourceUrl,
  { label, signal, mimeType: wanted }: OpenOptions,
): Promise<UploadSource> {
  if (scheme === "file") return openPath(files, href, label);
  if (scheme === "blob") return blobSource(await blobOfUrl(href, signal, label), label);
  if (scheme === "data") {
    const { bytes, mimeType } = dataOfUrl(href, label);
    return { ...bytesSource(bytes, label), mimeType };
  }
  const unfit = unfitUrl(href);
  if (unfit !== undefined) throw new InvalidArgumentError(`${label}: ${unfit}`);
  const type = wanted ?? mimeTypeOf(nameOfDownload({ url: href, headers: new Headers() }, undefined) ?? "");
  const mayBePage = type === undefined || /^(text\/html|application\/xhtml\+xml)\b/i.test(type);
  const { body, headers } = await openDownload(transport, href, { signal }, { mayBePage, wantedType: type });
  return { ...streamSource(body, label, headers), name: hostsName({ url: href, headers }, files.readDisposition) };
}

/** Only the platform knows what it was made of, whatever the client's own `fetch` is. */
async function blobOfUrl(href: string, signal: AbortSignal, label: string): Promise<Blob> {
  try {
    return await (await fetch(href, { signal })).blob();
  } catch (cause) {
    if (signal.aborted) throw signal.reason;
    throw new InvalidArgumentError(
      `${label}: ${excerpt(href)} cannot be read. It was revoked, or belongs to another page or process.`,
      { cause },
    );
  }
}

/** Of `fs.createReadStream`, which knows its file's path. An HTTP request has a path as well, and reads none. */
function nameOfReadStream(source: object): string | undefined {
  const { path } = "bytesRead" in source && "path" in source ? source : {};
  return typeof path === "string" ? lastSegment(path) : undefined;
}

async function openPath(files: FileOpener, path: string, label: string): Promise<UploadSource> {
  const { name, sizeBytes, stream } = await files.open(path, label);
  const open = (): SourceReader => ownReader(stream(), label);
  return { name, mimeType: undefined, sizeBytes, isRepeatable: true, open };
}

/** A Blob of Bun may stand for a file on disk: its name then is a path, and where it is missing it reads as empty. */
async function blobSource(blob: Blob & { name?: unknown; exists?: unknown }, label: string): Promise<UploadSource> {
  const path = typeof blob.name === "string" ? blob.name : undefined;
  if (typeof blob.exists === "function" && !(await blob.exists())) {
    throw new InvalidArgumentError(`${label}: ${excerpt(path ?? "the file", "end")} cannot be read. Check the path.`);
  }
  const isFile = Object.prototype.toString.call(blob) === "[object File]";
  const name = isFile || path === undefined ? path : lastSegment(path);
  const fault = name === undefined ? undefined : nulFault(name);
  if (fault !== undefined) throw new InvalidArgumentError(`${label}: the source's name: ${fault}.`);
  // What only looks like one may give the same memory again and again.
  const reader = blob instanceof Blob ? ownReader : streamReader;
  const open = (): SourceReader => reader(blobStream(blob), label);
  return { name, mimeType: blob.type || undefined, sizeBytes: blob.size, isRepeatable: true, open, blob };
}

function bytesSource(bytes: Uint8Array, label: string): UploadSource {
  const open = (): SourceReader => streamReader(bytesStream(bytes), label);
  return { name: undefined, mimeType: undefined, sizeBytes: bytes.byteLength, isRepeatable: true, open };
}

function streamSource(stream: ReadableStream<Uint8Array>, label: string, headers?: Headers): UploadSource {
  return onceOnlySource(() => streamReader(stream, label), headers);
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

/** A stream of bytes of this realm takes each part's memory from who gave it; any other may be given the same again. */
function streamReader(stream: ReadableStream<Uint8Array>, label: string): SourceReader {
  const isGivenAway = stream instanceof ReadableStream && isByteStream(stream);
  return new SourceReader(stream.getReader(), { label, isGivenAway });
}

/** Of a stream that was made here, with new memory for each part. */
function ownReader(stream: ReadableStream<Uint8Array>, label: string): SourceReader {
  return new SourceReader(stream.getReader(), { label, isGivenAway: true });
}

/** What a host says in place of a file is no file. */
function responseSource(
  response: Response,
  readDisposition: DispositionReader | undefined,
  label: string,
): UploadSource {
  const { status, headers, url = "" } = response;
  if (status < 200 || status > 299 || status === 204 || status === 205) {
    throw new InvalidArgumentError(`${label}: the Response has the status ${status}, so its body is not the file.`);
  }
  return {
    ...streamSource(webBody(response, label), label, headers),
    name: hostsName({ url, headers }, readDisposition),
  };
}

/** The caller has not chosen it, so that what cannot be kept of it is replaced, as in a reference. */
function hostsName(...answer: Parameters<typeof nameOfDownload>): string | undefined {
  return nameOfDownload(...answer)?.replaceAll("\0", "_");
}
