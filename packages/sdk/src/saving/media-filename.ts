import { extensionForMimeType, type MediaDownload, mimeTypeOfBytes } from "@flowith-webapi/core";
import { parse as parseContentDisposition } from "content-disposition";
import filenamify from "filenamify/browser";

/** What of a download names it. */
export type MediaName = Pick<MediaDownload, "url" | "headers">;

/** Most file systems take 255 bytes; " (2)" and a temporary name's ending need some of them. */
const LONGEST_STEM_BYTES = 200;

/**
 * The name of a file to save: what the caller says, else the response's own name, else the last part of the URL, with
 * an extension by the content type, else by the first bytes, where it has none. Always one plain name, whatever the server sent: no path, no
 * name that a system reserves.
 */
export function mediaFilename(media: MediaName, requested: string | undefined, firstBytes: Uint8Array): string {
  const name = requested ?? nameInHeader(media.headers) ?? nameInUrl(media.url) ?? "file";
  const { stem, extension } = splitExtension(safeName(name));
  return `${shortened(stem)}${extension ?? dotted(extensionByType(media, firstBytes))}`;
}

function extensionByType(media: MediaName, firstBytes: Uint8Array): string | undefined {
  return extensionForMimeType(mediaType(media, firstBytes)) ?? extensionForMimeType(mimeTypeOfBytes(firstBytes) ?? "");
}

/** What the file host says, or where that says nothing, what the file begins with. */
export function mediaType({ headers }: MediaName, firstBytes: Uint8Array): string {
  const told = headers.get("content-type")?.trim() || "application/octet-stream";
  const isTelling = !/^(application|binary)\/octet-stream\b/i.test(told);
  return isTelling ? told : (mimeTypeOfBytes(firstBytes) ?? told);
}

/** `picture.png` as `picture` and `.png`. */
export function splitExtension(name: string): { stem: string; extension: string | undefined } {
  const extension = /[^.](\.[a-z0-9]{1,10})$/i.exec(name)?.[1];
  return { stem: extension === undefined ? name : name.slice(0, -extension.length), extension };
}

/** Cut between characters, by bytes of UTF-8, which is what file systems count. */
function shortened(stem: string): string {
  const encoder = new TextEncoder();
  let short = "";
  let sizeBytes = 0;
  for (const character of stem) {
    sizeBytes += encoder.encode(character).byteLength;
    if (sizeBytes > LONGEST_STEM_BYTES) break;
    short += character;
  }
  return short;
}

function safeName(name: string): string {
  const last = name.split(/[/\\]/).pop() ?? "";
  const safe = filenamify(last, { replacement: "_", maxLength: 1_000 }).replace(/^\.+/, "").trim();
  return /^[_!.\s]*$/.test(safe) ? "file" : safe;
}

function dotted(extension: string | undefined): string {
  return extension === undefined ? "" : `.${extension}`;
}

function nameInHeader(headers: Headers): string | undefined {
  const value = headers.get("content-disposition");
  const filename: unknown = value === null ? undefined : parseContentDisposition(value).parameters.filename;
  return typeof filename === "string" && filename !== "" ? filename : undefined;
}

function nameInUrl(url: string): string | undefined {
  const segment = new URL(url).pathname.split("/").pop();
  if (!segment) return undefined;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
