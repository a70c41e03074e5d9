import * as v from "valibot";
import type { EdgeClient } from "../edge/edge-client.ts";
import { limitsOf } from "../limits.ts";
import type { CallOptions, Progress } from "../options.ts";
import { checkOptions } from "../options-check.ts";
import { deadline } from "../timing/deadline.ts";
import { parseAnswer } from "../wire/parse.ts";
import { type FileContent, type FileContentServices, fileContent } from "./file-content.ts";
import type { FileSource } from "./files-port.ts";
import { extensionOf, mimeTypeOf } from "./mime-types.ts";

export interface UploadOptions extends CallOptions {
  /** Default: the source's own name, else `file`. */
  filename?: string | undefined;
  /** Default: by the source, then by the name, else `application/octet-stream`. */
  mimeType?: string | undefined;
  /** Default: the name's extension, else `bin`. */
  fileType?: string | undefined;
  /** Default 20 MiB, where the service stops. A larger file is refused before a byte is sent. */
  maxBytes?: number | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** A stored file. */
export interface FileRecord {
  url: string;
  fileType: string;
  /** What names the file in a prompt: `[[file:html|my_game.html|https://…]]`. */
  reference: string;
  raw: unknown;
}

export interface UploadServices extends FileContentServices {
  edge: EdgeClient;
  redirect: RequestRedirect;
}

const DEFAULT_MAX_BYTES = 20 * 1024 * 1024;

const storedSchema: v.GenericSchema<unknown, { url: string }> = v.looseObject({ url: v.pipe(v.string(), v.url()) });

/** Stores a file (wire 4). @throws InvalidArgumentError, FileUploadError */
export async function uploadFile(
  services: UploadServices,
  source: string | URL | FileSource,
  options: UploadOptions = {},
): Promise<FileRecord> {
  checkOptions("uploadFile", options);
  const { onProgress: _progress, maxBytes, filename: _name, mimeType: _mime, fileType: _type, ...call } = options;
  const limit = deadline("uploadFile", options.signal);
  limit.start("total", limitsOf("upload", options.timeout).totalMs);
  try {
    limit.signal.throwIfAborted();
    const content = await fileContent(services, source, {
      maxBytes: maxBytes ?? DEFAULT_MAX_BYTES,
      signal: limit.signal,
    });
    return await store(services, content, options, { ...call, signal: limit.signal });
  } finally {
    limit.release();
  }
}

async function store(
  services: UploadServices,
  content: FileContent,
  { filename, mimeType, fileType, onProgress }: UploadOptions,
  call: CallOptions,
): Promise<FileRecord> {
  const name = filename ?? content.name ?? "file";
  const type = mimeType ?? content.mimeType ?? mimeTypeOf(name) ?? "application/octet-stream";
  const kind = fileType ?? extensionOf(name) ?? "bin";
  const totalBytes = content.blob.size;
  // `fetch` does not tell how much of a body has gone out, so there is a first and a last report only.
  const startedAtMs = Date.now();
  const report = (sentBytes: number): void =>
    onProgress?.({ phase: "uploading", elapsedMs: Date.now() - startedAtMs, sentBytes, totalBytes });
  report(0);
  const form = (): FormData => {
    const data = new FormData();
    data.append("file", new File([content.blob], name, { type }));
    data.append("type", kind);
    return data;
  };
  const raw = await services.edge.upload("/file/store", form, services.redirect, call);
  const { url } = parseAnswer(storedSchema, raw, "POST /file/store");
  report(totalBytes);
  return { url, fileType: kind, reference: `[[file:${kind}|${name}|${url}]]`, raw };
}
