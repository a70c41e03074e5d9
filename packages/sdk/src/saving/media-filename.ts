import {
  extensionForMimeType,
  type MediaDownload,
  mimeTypeOf,
  mimeTypeOfBytes,
  nameOfDownload,
  splitExtension,
} from "@flowith-webapi/core/http";
import filenamify from "filenamify/browser";
import { readDisposition } from "./read-disposition.ts";

/** What of a download names it. */
export type MediaName = Pick<MediaDownload, "url" | "headers">;

/** Most file systems take 255 bytes; " (2)" and a temporary name's ending need some of them. */
const LONGEST_STEM_BYTES = 200;

/** Names that a system reads by itself. */
const READ_BY_SYSTEM = /^(desktop\.ini|autorun\.inf|thumbs\.db)$/i;

/**
 * The name of a file to save: what the caller says, else the response's own name, else the last part of the URL, with
 * an extension by the content type, else by the first bytes, where it has none, or where a host's name tells of something
 * else. Always one plain name, whatever the server sent: no path, no option, no name that a system reserves.
 */
export function mediaFilename(media: MediaName, requested: string | undefined, firstBytes: Uint8Array): string {
  const name = safeName(requested ?? nameOfDownload(media, readDisposition) ?? "file");
  const types = knownTypes(media, firstBytes);
  const { stem, extension } = splitExtension(name);
  if (extension === undefined || (requested === undefined && isContradicted(name, types))) {
    return shortened(name) + usualExtension(types);
  }
  const whole = shortened(stem) + extension;
  return READ_BY_SYSTEM.test(whole) ? `_${whole}` : whole;
}

/** What is known of a file's type, as far as there is an extension for it. */
interface KnownTypes {
  told: string | undefined;
  byBytes: string | undefined;
}

function knownTypes(media: MediaName, firstBytes: Uint8Array): KnownTypes {
  return { told: known(media.headers.get("content-type") ?? ""), byBytes: known(mimeTypeOfBytes(firstBytes) ?? "") };
}

function known(type: string): string | undefined {
  const plain = type.replace(/;.*$/s, "").trim().toLowerCase();
  return extensionForMimeType(plain) === undefined ? undefined : plain;
}

function usualExtension({ told, byBytes }: KnownTypes): string {
  const type = told ?? byBytes;
  return type === undefined ? "" : `.${extensionForMimeType(type)}`;
}

/**
 * Of a picture or clip alone: elsewhere an extension may say more than the type, as `.md` for a plain text. That a host
 * calls one picture another kind of picture counts only where it says so itself.
 */
function isContradicted(name: string, { told, byBytes }: KnownTypes): boolean {
  const byName = mimeTypeOf(name);
  if (byName !== undefined && (byName === told || byName === byBytes)) return false;
  return isMedia(told) || (isMedia(byBytes) && !isMedia(byName));
}

function isMedia(type: string | undefined): boolean {
  return type !== undefined && /^(image|video|audio)\//.test(type);
}

/** What the file host says, or where that says nothing, what the file begins with. */
export function mediaType({ headers }: MediaName, firstBytes: Uint8Array): string {
  const told = headers.get("content-type")?.trim() || "application/octet-stream";
  const isTelling = !/^(application|binary)\/octet-stream\b/i.test(told);
  return isTelling ? told : (mimeTypeOfBytes(firstBytes) ?? told);
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
  return short.replace(/[.\s]+$/, "");
}

/** What leads the name away goes first: what is left of it may be a name that a system reserves. */
function safeName(name: string): string {
  const last = (name.split(/[/\\]/).pop() ?? "").replace(/^[.\s-]+/, "").replace(/\p{Cs}/gu, "_");
  const safe = filenamify(last, { replacement: "_", maxLength: 1_000 }).trim();
  return /^[_!.\s]*$/.test(safe) ? "file" : safe;
}
