import * as v from "valibot";
import { mimeTypeOfBytes } from "../bytes/file-signatures.ts";
import { extensionForMimeType, extensionOf, isMimeType, mimeTypeOf } from "../bytes/mime-types.ts";
import type { EdgeClient, UploadForm } from "../http/edge-client.ts";
import type { RedirectMode } from "../http/request-init.ts";
import { HeardCalls } from "../options/call-back.ts";
import { limitsOf } from "../options/limits.ts";
import { callable, count, filledText, text } from "../options/option-values.ts";
import type { CallOptions, Progress } from "../options/options.ts";
import { callEntries, checkAgainst } from "../options/options-check.ts";
import { throwIfAborted } from "../timing/abort.ts";
import { type Deadline, deadline } from "../timing/deadline.ts";
import { now } from "../timing/now.ts";
import { withSignal } from "../timing/with-signal.ts";
import { parseAnswer } from "../wire/parse.ts";
import { fileReference } from "./file-reference.ts";
import type { FileSource } from "./file-source.ts";
import { type MultipartFields, type MultipartFrame, multipartFrame } from "./multipart-body.ts";
import { endSource, takeSource } from "./once-only-source.ts";
import { UploadBody } from "./upload-body.ts";
import { type UploadContent, uploadContent } from "./upload-content.ts";
import { openSource, type SourceTools } from "./upload-source.ts";

/** What a file is to be called and taken for, and how large it may be. */
export interface UploadOptions extends CallOptions {
  /** Default: the source's own name, of a URL what its host calls the file, else `file`. */
  filename?: string | undefined;
  /** Default: by the source, then by the name, then by the first bytes, else `application/octet-stream`. */
  mimeType?: string | undefined;
  /** Default: the name's extension, then by the MIME type, else `bin`. */
  fileType?: string | undefined;
  /**
   * Default 20 MiB, where the service stops. A larger file is refused before a byte is sent; a stream whose size shows
   * only as it is read is broken off as soon as it is past the limit, and nothing is stored.
   */
  maxBytes?: number | undefined;
  /**
   * `sentBytes` is what the runtime has taken of the file, and `totalBytes` its size where that is known. Files up to
   * 1 MiB go out in one piece: there is one report before and one after. In a browser a file of any size is sent by
   * XMLHttpRequest to see its progress, unless there is a `fetch` of your own: then there are those two reports as well.
   */
  onProgress?: ((progress: Progress) => void) | undefined;
}

const uploadSchema = v.strictObject({
  ...callEntries,
  filename: v.optional(filledText),
  mimeType: v.optional(v.pipe(text, v.check(isMimeType, 'Expected a MIME type such as "image/png"'))),
  fileType: v.optional(filledText),
  maxBytes: v.optional(count),
  onProgress: v.optional(callable),
});

/** A stored file. */
export interface FileRecord {
  url: string;
  fileType: string;
  /** What names the file in a prompt: `[[file:html|my_game.html|https://…]]`. What would end a part of it is replaced. */
  reference: string;
  raw: unknown;
}

export interface UploadTools extends SourceTools {
  edge: EdgeClient;
  redirect: RedirectMode;
  uploadBody: "stream" | "blob";
}

const DEFAULT_MAX_BYTES = 20 * 1024 * 1024;

const storedSchema: v.GenericSchema<unknown, { url: string }> = v.looseObject({
  url: v.pipe(
    v.string(),
    v.check((url) => URL.canParse(url), "Expected a URL"),
  ),
});

/**
 * Stores a file (wire 4), in constant memory where the platform streams request bodies. What can be read once only is
 * sent once.
 * @param label what of the caller's it is done for, for errors
 * @throws InvalidArgumentError, FileUploadError; ResponseShapeError where a URL gives a page, a part or nothing in place of
 *   the file; what a stream fails with passes unchanged
 */
export async function uploadFile(
  tools: UploadTools,
  source: string | URL | FileSource,
  options: UploadOptions = {},
  label: string = "uploadFile",
): Promise<FileRecord> {
  const once = takeSource(source, label);
  try {
    checkAgainst(label, uploadSchema, options);
    return await upload(tools, source, options, label);
  } catch (error) {
    void endSource(once);
    throw error;
  }
}

async function upload(
  tools: UploadTools,
  source: string | URL | FileSource,
  options: UploadOptions,
  label: string,
): Promise<FileRecord> {
  const { maxBytes = DEFAULT_MAX_BYTES } = options;
  const limit = deadline(label, options.signal);
  limit.start("total", limitsOf("upload", options.timeout).totalMs);
  try {
    throwIfAborted(limit.signal);
    const mimeType = options.mimeType ?? mimeTypeOf(options.filename ?? "");
    const opened = await openSource(tools, source, { label, signal: limit.signal, mimeType });
    const reading = { label, maxBytes, signal: limit.signal, body: tools.uploadBody };
    const content = await uploadContent(opened, reading);
    return await store(tools, content, { ...options, maxBytes, label }, limit);
  } finally {
    limit.release();
  }
}

async function store(
  tools: UploadTools,
  content: UploadContent,
  options: UploadOptions & { maxBytes: number; label: string },
  limit: Deadline,
): Promise<FileRecord> {
  const { onProgress, label, maxBytes, filename: _name, mimeType: _mime, fileType: _type, ...call } = options;
  const fields = multipartFields(content, options);
  const isWhole = content.whole !== undefined;
  const totalBytes = content.source.sizeBytes;
  const startedAtMs = now();
  let reportedBytes = -1;
  const calls = new HeardCalls((reason) => limit.abort(reason));
  const report = (sentBytes: number): void => {
    reportedBytes = sentBytes;
    calls.call(() => onProgress?.({ phase: "uploading", elapsedMs: now() - startedAtMs, sentBytes, totalBytes }));
  };
  const frame = multipartFrame(fields);
  let failure: { error: unknown } | undefined;
  const onError = (error: unknown): void => {
    failure = { error };
  };
  const body = new UploadBody(frame, content, { label, maxBytes, onSent: report, onError });
  try {
    report(0);
    const form: UploadForm = {
      contentType: frame.contentType,
      // One piece tells its length itself, and a page must not.
      lengthBytes: isWhole ? undefined : body.lengthBytes,
      body: () => body.next(),
      isRepeatable: content.source.isRepeatable,
      redirect: tools.redirect,
      onSent: onProgress && isWhole ? (bodyBytes) => report(fileBytes(bodyBytes, frame, totalBytes)) : undefined,
    };
    const raw = await tools.edge.upload("/file/store", form, { ...call, signal: limit.signal });
    const { url } = parseAnswer(storedSchema, raw, "POST /file/store");
    if (isWhole && totalBytes !== undefined && reportedBytes !== totalBytes) report(totalBytes);
    await withSignal(calls.settled(), limit.signal);
    return { url, fileType: fields.fileType, reference: fileReference(fields, url), raw };
  } catch (error) {
    // The request fails with its body, and cannot be aborted from there: that ends workerd as a whole.
    throw failure !== undefined && !limit.signal.aborted ? failure.error : error;
  } finally {
    body.stop(limit.signal.reason);
  }
}

/** How much of the file is among the bytes of a body that were sent. */
function fileBytes(bodyBytes: number, { head }: MultipartFrame, sizeBytes = 0): number {
  return Math.min(Math.max(0, bodyBytes - head.byteLength), sizeBytes);
}

function multipartFields({ source, firstBytes }: UploadContent, options: UploadOptions): MultipartFields {
  const filename = options.filename ?? source.name ?? "file";
  const mimeType = options.mimeType ?? telling(source.mimeType) ?? mimeTypeOf(filename) ?? mimeTypeOfBytes(firstBytes);
  const fileType = options.fileType ?? extensionOf(filename) ?? extensionForMimeType(mimeType ?? "") ?? "bin";
  return { filename, mimeType: mimeType ?? "application/octet-stream", fileType };
}

/** A type that says something, and that a header field can hold. */
function telling(mimeType: string | undefined): string | undefined {
  if (mimeType === undefined || !isMimeType(mimeType)) return undefined;
  return /^(application|binary)\/octet-stream\b/i.test(mimeType) ? undefined : mimeType;
}
