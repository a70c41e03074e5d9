import type { HttpClient } from "../edge/http-client.ts";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import type { FileSource, FilesPort } from "../files-port.ts";
import { openDownload } from "../media/download.ts";
import type { CallOptions } from "../options.ts";

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

/** Opens any source. URLs are fetched, without the token. @throws InvalidArgumentError over `maxBytes` */
export async function fileContent(
  services: FileContentServices,
  source: string | URL | FileSource,
  maxBytes: number,
  call: CallOptions,
): Promise<FileContent> {
  const content = await openSource(services, source, maxBytes, call);
  requireSize(content.blob.size, maxBytes);
  return content;
}

async function openSource(
  services: FileContentServices,
  source: string | URL | FileSource,
  maxBytes: number,
  call: CallOptions,
): Promise<FileContent> {
  const url = httpUrl(source);
  if (url !== undefined) {
    const { body, headers } = await openDownload(services.http, url.href, call);
    const name = decodeName(url.pathname.split("/").pop());
    return { blob: await collect(body, maxBytes), name, mimeType: headers.get("content-type") ?? undefined };
  }
  if (typeof source === "string" || source instanceof URL) return openPath(services, String(source));
  if (source instanceof Blob) {
    return {
      blob: source,
      name: "name" in source ? String(source.name) : undefined,
      mimeType: source.type || undefined,
    };
  }
  if (source instanceof ArrayBuffer) return { blob: new Blob([source]), name: undefined, mimeType: undefined };
  if (source instanceof Uint8Array)
    return { blob: new Blob([new Uint8Array(source)]), name: undefined, mimeType: undefined };
  if (source instanceof ReadableStream)
    return { blob: await collect(source, maxBytes), name: undefined, mimeType: undefined };
  if (source instanceof Response) {
    const blob = source.body === null ? new Blob([]) : await collect(source.body, maxBytes);
    return { blob, name: undefined, mimeType: source.headers.get("content-type") ?? undefined };
  }
  if (typeof source === "object" && source !== null && typeof source.path === "string")
    return openPath(services, source.path);
  throw new InvalidArgumentError(
    "uploadFile: the source must be a path, URL, Blob, File, ArrayBuffer, Uint8Array, ReadableStream, Response or { path }.",
  );
}

async function openPath(services: FileContentServices, path: string): Promise<FileContent> {
  const { blob, name } = await services.files.open(path);
  return { blob, name, mimeType: blob.type || undefined };
}

/** A string that begins with http: or https: is a URL, else a path. */
export function httpUrl(source: unknown): URL | undefined {
  if (source instanceof URL) return /^https?:$/.test(source.protocol) ? source : undefined;
  return typeof source === "string" && /^https?:/i.test(source) ? new URL(source) : undefined;
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

async function collect(stream: ReadableStream<Uint8Array>, maxBytes: number): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let sizeBytes = 0;
  // Leaving the loop by an error cancels the stream, so that a source that is too large is not read to its end.
  for await (const part of stream) {
    sizeBytes += part.byteLength;
    requireSize(sizeBytes, maxBytes);
    parts.push(new Uint8Array(part));
  }
  return new Blob(parts);
}
