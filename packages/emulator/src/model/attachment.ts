import { imageSize } from "image-size";
import type { FileStore, StoredFile } from "../files/file-store.ts";
import { imageUrlsOf, type Message, textOf } from "./message.ts";

const fileReference = /\[\[file:([^|\]]*)\|([^|\]]*)\|([^\]]*)\]\]/g;
const markdownPicture = /!\[[^\]]*\]\((\S+?)\)/g;

/** Addresses of everything a message refers to: `[[file:type|name|url]]`, Markdown pictures and `image_url` parts. */
export function attachmentUrls(message: Message): string[] {
  const text = textOf(message);
  const documents = [...text.matchAll(fileReference)].map((match) => match[3] ?? "");
  const pictures = [...text.matchAll(markdownPicture)].map((match) => match[1] ?? "");
  return [...documents, ...pictures, ...imageUrlsOf(message)];
}

/** The prompt without its references. */
export function withoutReferences(text: string): string {
  return text.replace(fileReference, "").replace(markdownPicture, "").trim();
}

function inlineFile(url: string): StoredFile | undefined {
  const match = url.match(/^data:([^;,]*)(;base64)?,(.*)$/s);
  if (match === null) return undefined;
  const [, type = "", base64, data = ""] = match;
  const bytes = Buffer.from(
    base64 === undefined ? decodeURIComponent(data) : data,
    base64 === undefined ? "utf8" : "base64",
  );
  return { key: "", name: "inline data", contentType: type === "" ? "text/plain" : type, bytes: new Uint8Array(bytes) };
}

function pictureSize(bytes: Uint8Array): string | undefined {
  try {
    const { width, height, type } = imageSize(bytes);
    return `a ${type ?? "picture"} of ${width} x ${height} pixels`;
  } catch {
    return undefined;
  }
}

function firstWords(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, 4096), { stream: true });
    return text.includes("\0") ? undefined : text.trim().split(/\s+/).slice(0, 12).join(" ");
  } catch {
    return undefined;
  }
}

/** One sentence on what a file holds, or that it could not be opened. */
export function describeAttachment(url: string, files: FileStore): string {
  const file = url.startsWith("data:") ? inlineFile(url) : files.findByUrl(url);
  if (file === undefined) return `I cannot open ${url}: it is not a file that was uploaded here.`;
  const size = `${file.bytes.length} bytes`;
  const picture = pictureSize(file.bytes);
  if (picture !== undefined) return `${file.name} is ${picture} (${size}).`;
  const words = firstWords(file.bytes);
  if (words === undefined || words === "") return `${file.name} has ${size} of type ${file.contentType}.`;
  return `${file.name} has ${size} and begins: "${words}".`;
}
