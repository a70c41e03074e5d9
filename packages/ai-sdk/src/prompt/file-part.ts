import {
  type LanguageModelV4FilePart,
  NoSuchProviderReferenceError,
  type SharedV4ProviderReference,
} from "@ai-sdk/provider";
import type { StoreFile } from "@flowith-webapi/chat-bridge";
import { type FileRecord, mimeTypeOf } from "flowith-webapi";
import { toBytes } from "../bytes.ts";
import { isTextType } from "./text-type.ts";

/** A file of a prompt, as a message can name it. */
export type PlacedFile =
  /** A picture at its address. */
  | { type: "image"; url: string }
  /** A text that goes into the prompt itself. */
  | { type: "text"; text: string }
  /** Any other file, by its reference. */
  | { type: "reference"; reference: string };

const REFERENCE = /^\[\[file:([^|]*)\|(.*)\|([^|]*)\]\]$/s;

/** Pictures go by address; texts as words; all else is stored, and named by its reference. */
export async function placeFile(part: LanguageModelV4FilePart, store: StoreFile): Promise<PlacedFile> {
  const { data, mediaType, filename } = part;
  const isImage = mediaType === "image" || mediaType.startsWith("image/");
  switch (data.type) {
    case "reference":
      return referenced(data.reference, isImage);
    case "text":
      return { type: "text", text: titled(filename, data.text) };
    case "url": {
      if (isImage && /^https?:$/.test(data.url.protocol)) return { type: "image", url: data.url.href };
      return stored(await store(data.url, { mediaType, filename }), isImage);
    }
    case "data": {
      const bytes = toBytes(data.data);
      if (isTextType(mediaType)) return { type: "text", text: titled(filename, new TextDecoder().decode(bytes)) };
      return stored(await store(bytes, { mediaType, filename }), isImage);
    }
  }
}

function stored({ url, reference }: FileRecord, isImage: boolean): PlacedFile {
  return isImage ? { type: "image", url } : { type: "reference", reference };
}

/** What `uploadFile` gave out earlier. */
function referenced(given: SharedV4ProviderReference, isImage: boolean): PlacedFile {
  const reference = given.flowith;
  if (reference === undefined) throw new NoSuchProviderReferenceError({ provider: "flowith", reference: given });
  const [, type = "", , url] = REFERENCE.exec(reference) ?? [];
  if (url !== undefined && (isImage || mimeTypeOf(`file.${type}`)?.startsWith("image/"))) return { type: "image", url };
  return { type: "reference", reference };
}

function titled(filename: string | undefined, text: string): string {
  return filename === undefined ? text : `${filename}:\n\n${text}`;
}
