import type { HttpClient } from "../edge/http-client.ts";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { openDownload } from "../media/download.ts";
import { withSignal } from "../timing/with-signal.ts";
import type { FileSource, FilesPort } from "./files-port.ts";

/** The bytes to upload, with the name and type that their source knows. */
export interface FileContent {
  blob: Blob;
  name: string | undefined;
  mimeType: string | undefined;
}

export interface FileContentServices {
  http: HttpClient;
  files: FilesPort;
}

/** How sources are read: under the call's limits, and not beyond what may be sent. */
export interface ReadLimits {
  maxBytes: number;
  signal: AbortSignal;
}

/** Opens any source. URLs are fetched, without the token. @throws InvalidArgumentError over `maxBytes` */
export async function fileContent(
  services: FileContentServices,
  source: string | URL | FileSource,
  limits: ReadLimits,
): Promise<FileContent> {
  const content = await openSource(services, source, limits);
  requireSize(content.blob.size, limits.maxBytes);
  return content;
}

async function openSource(
  services: FileContentServices,
  source: string | URL | FileSource,
  limits: ReadLimits,
): Promise<FileContent> {
  const url = httpUrl(source);
  if (url !== undefined) {
    const { body, headers } = await openDownload(services.http, url.href, { signal: limits.signal });
    const name = decodeName(url.pathname.split("/").pop());
    return { blob: await collect(body, limits), name, mimeType: headers.get("content-type") ?? undefined };
  }
  if (typeof source === "string" || source instanceof URL) return openPath(services, String(source));
  if (source instanceof Blob) {
    return {
      blob: source,
      name: "name" in source ? String(source.name) : undefined,
      mimeType: source.type || undefined,
    };
  }
  if (source instanceof ArrayBuffer) return plain(new Blob([source]));
  if (source instanceof Uint8Array) return plain(new Blob([new Uint8Array(source)]));
  if (source instanceof ReadableStream) return plain(await collect(source, limits));
  if (source instanceof Response) {
    const blob = source.body === null ? new Blob([]) : await collect(source.body, limits);
    return { blob, name: undefined, mimeType: source.headers.get("content-type") ?? undefined };
  }
  if (typeof source === "object" && source !== null && typeof source.path === "string") {
    return openPath(services, source.path);
  }
  throw new InvalidArgumentError(
    "uploadFile: the source must be a path, URL, Blob, File, ArrayBuffer, Uint8Array, ReadableStream, Response or { path }.",
  );
}

function plain(blob: Blob): FileContent {
  return { blob, name: undefined, mimeType: undefined };
}

async function openPath(services: FileContentServices, path: string): Promise<FileContent> {
  const { blob, name } = await services.files.open(path);
  return { blob, name, mimeType: blob.type || undefined };
}

/** A string that begins with http: or https: is a URL, else a path. @throws InvalidArgumentError for half a URL */
export function httpUrl(source: unknown): URL | undefined {
  if (source instanceof URL) return /^https?:$/.test(source.protocol) ? source : undefined;
  if (typeof source !== "string" || !/^https?:/i.test(source)) return undefined;
  if (!URL.canParse(source)) throw new InvalidArgumentError(`"${source.slice(0, 60)}" is no URL.`);
  return new URL(source);
}

function decodeName(segment: string | undefined): string | undefined {
  if (!segment) return undefined;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function requireSize(sizeBytes: number, maxBytes: number): void {
  if (sizeBytes <= maxBytes) return;
  throw new InvalidArgumentError(
    `uploadFile: the file has more than ${maxBytes} bytes. Flowith takes 20 MiB; raise maxBytes if yours takes more.`,
  );
}

async function collect(stream: ReadableStream<Uint8Array>, { maxBytes, signal }: ReadLimits): Promise<Blob> {
  const reader = stream.getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let sizeBytes = 0;
  try {
    for (;;) {
      const part = await withSignal(reader.read(), signal);
      if (part.done) return new Blob(parts);
      sizeBytes += part.value.byteLength;
      requireSize(sizeBytes, maxBytes);
      parts.push(new Uint8Array(part.value));
    }
  } finally {
    // A source that is too large, or too slow, is not read to its end.
    reader.cancel().catch(() => undefined);
  }
}
