import { imageSize } from "image-size";
import type { FileStore, StoredFile } from "../files/file-store.ts";
import { imageUrlsOf, type Message, textOf } from "./message.ts";
import { takeReferences } from "./references.ts";

/** Addresses of everything a message refers to: `[[file:type|name|url]]`, Markdown pictures and `image_url` parts. */
export function attachmentUrls(message: Message): string[] {
  return [...takeReferences(textOf(message)).urls, ...imageUrlsOf(message)];
}

function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function inlineFile(url: string): StoredFile | undefined {
  const comma = url.indexOf(",");
  const [type = "", ...parameters] = url.slice("data:".length, comma).split(";");
  const data = url.slice(comma + 1);
  const content = parameters.at(-1) === "base64" ? Buffer.from(data, "base64") : percentDecoded(data);
  if (comma < 0 || content === undefined) return undefined;
  const bytes = new Uint8Array(Buffer.from(content));
  return { key: "", name: "inline data", contentType: type === "" ? "text/plain" : type, bytes };
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
  if (file === undefined) {
    const shown = url.startsWith("data:") ? `${url.slice(0, 60)}…` : url;
    return `I cannot open ${shown}: it is not a file that was uploaded here.`;
  }
  const size = `${file.bytes.length} bytes`;
  const picture = pictureSize(file.bytes);
  if (picture !== undefined) return `${file.name} is ${picture} (${size}).`;
  const words = firstWords(file.bytes);
  if (words === undefined || words === "") return `${file.name} has ${size} of type ${file.contentType}.`;
  return `${file.name} has ${size} and begins: "${words}".`;
}
