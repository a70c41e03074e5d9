import { readFile, stat } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import type { ContentBlock } from "@modelcontextprotocol/server";
import { FlowithError, type GeneratedMedia, mimeTypeOf, mimeTypeOfBytes } from "flowith-webapi";
import type { Desk } from "../desk.ts";
import type { MediaReport } from "./job-schema.ts";

export interface DeliveredMedia {
  report: MediaReport;
  content: ContentBlock[];
}

/** What clients show. */
const SHOWN = /^image\/(?:png|jpeg|webp|gif)$/;

/** A link always; saved where there is a folder for it, and a picture itself where it is small enough. Never rejects. */
export async function deliverMedia(
  { saveDir, maxImageBytes }: Pick<Desk, "saveDir" | "maxImageBytes">,
  media: GeneratedMedia,
  name: string,
  isPicture: boolean,
): Promise<DeliveredMedia> {
  const notes: string[] = [];
  const noted = <T>(what: string, work: Promise<T>): Promise<T | undefined> =>
    work.catch((error: unknown) => {
      notes.push(`${what}: ${FlowithError.is(error) ? error.message : String(error)}`);
      return undefined;
    });
  const saved = saveDir === undefined ? undefined : await noted("It could not be saved", media.save(saveDir));
  const bytes = isPicture
    ? await noted("It could not be fetched", pictureBytes(media, saved?.location, maxImageBytes))
    : null;
  if (bytes === undefined && notes.length === 0)
    notes.push(`It is larger than ${maxImageBytes} bytes, so that it is linked and not shown.`);
  const mimeType = bytes ? mimeTypeOfBytes(bytes) : (saved?.mimeType ?? mimeTypeOf(media.url));
  const isShown = bytes != null && mimeType !== undefined && SHOWN.test(mimeType);
  const typed = mimeType === undefined ? {} : { mimeType };
  return {
    report: {
      url: media.url,
      mime_type: mimeType ?? null,
      size_bytes: saved?.sizeBytes ?? bytes?.byteLength ?? null,
      path: saved?.location ?? null,
      shown: isShown,
      ...(notes.length === 0 ? {} : { note: notes.join(" ") }),
    },
    content: [
      ...(isShown ? [{ type: "image" as const, data: Buffer.from(bytes).toString("base64"), mimeType }] : []),
      { type: "resource_link", uri: media.url, name, ...typed },
      ...(saved === undefined
        ? []
        : [
            { type: "resource_link" as const, uri: pathToFileURL(saved.location).href, name: saved.location, ...typed },
          ]),
    ],
  };
}

/** @returns undefined for more than the limit */
async function pictureBytes(
  media: GeneratedMedia,
  path: string | undefined,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  if (path !== undefined) return (await stat(path)).size > maxBytes ? undefined : readFile(path);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of await media.stream()) {
    size += part.byteLength;
    // leaving the loop ends the download
    if (size > maxBytes) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
