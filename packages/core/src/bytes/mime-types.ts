import { splitExtension } from "./file-name.ts";

/** Of the extensions of one type the usual one comes first. */
const byExtension: Record<string, string> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  jpe: "image/jpeg",
  jfif: "image/jpeg",
  webp: "image/webp",
  gif: "image/gif",
  avif: "image/avif",
  heic: "image/heic",
  heif: "image/heif",
  bmp: "image/bmp",
  tiff: "image/tiff",
  tif: "image/tiff",
  svg: "image/svg+xml",
  pdf: "application/pdf",
  txt: "text/plain",
  md: "text/markdown",
  html: "text/html",
  htm: "text/html",
  css: "text/css",
  csv: "text/csv",
  js: "text/javascript",
  ts: "text/plain",
  py: "text/x-python",
  json: "application/json",
  jsonl: "application/x-ndjson",
  xml: "application/xml",
  zip: "application/zip",
  gz: "application/gzip",
  mp3: "audio/mpeg",
  m4a: "audio/mp4",
  wav: "audio/wav",
  ogg: "audio/ogg",
  flac: "audio/flac",
  glb: "model/gltf-binary",
  mp4: "video/mp4",
  m4v: "video/mp4",
  webm: "video/webm",
  mov: "video/quicktime",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
};

/** The extension of a file name without its dot, in small letters; undefined where there is none. */
export function extensionOf(filename: string): string | undefined {
  return splitExtension(filename).extension?.slice(1).toLowerCase();
}

/**
 * The MIME type that a file name tells by its extension; undefined for one that is not known.
 * @example
 * const mimeType = mimeTypeOf("photo.png"); // "image/png"
 */
export function mimeTypeOf(filename: string): string | undefined {
  const extension = extensionOf(filename);
  return extension === undefined ? undefined : byExtension[extension];
}

/** Whether it can stand in a header field as a media type, parameters included. */
export function isMimeType(text: string): boolean {
  return /^[\x21-\x7e]+\/[\x20-\x7e]+$/.test(text);
}

/**
 * The usual extension for a MIME type, without a dot.
 * @example
 * const extension = extensionForMimeType("image/png"); // "png"
 */
export function extensionForMimeType(mimeType: string): string | undefined {
  const type = mimeType.split(";", 1)[0]?.trim().toLowerCase();
  return Object.entries(byExtension).find(([, known]) => known === type)?.[0];
}
