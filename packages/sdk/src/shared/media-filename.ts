import { extensionForMimeType, type MediaDownload } from "@flowith-webapi/core";
import { parse as parseContentDisposition } from "content-disposition";
import filenamify from "filenamify/browser";

const LONGEST_NAME = 120;

/**
 * The name of a file to save: what the caller says, else the response's own name, else the last part of the URL, with
 * an extension by the content type where it has none. Always one plain name, whatever the server sent: no path, no
 * name that a system reserves.
 */
export function mediaFilename(media: MediaDownload, wished: string | undefined): string {
  const name = wished ?? nameInHeader(media.headers) ?? nameInUrl(media.url) ?? "file";
  const { stem, extension } = splitExtension(safeName(name));
  const type = media.headers.get("content-type") ?? "";
  return `${stem.slice(0, LONGEST_NAME)}${extension ?? dotted(extensionForMimeType(type))}`;
}

/** `picture.png` as `picture` and `.png`. */
export function splitExtension(name: string): { stem: string; extension: string | undefined } {
  const extension = /[^.](\.[a-z0-9]{1,10})$/i.exec(name)?.[1];
  return { stem: extension === undefined ? name : name.slice(0, -extension.length), extension };
}

function safeName(name: string): string {
  const last = name.split(/[/\\]/).pop() ?? "";
  const safe = filenamify(last, { replacement: "_", maxLength: 255 }).replace(/^\.+/, "").trim();
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
