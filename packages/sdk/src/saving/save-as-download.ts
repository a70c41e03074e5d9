import {
  type MediaDownload,
  partsOfStream,
  type SavedMedia,
  type SaveOptions,
  SIGNATURE_BYTES,
} from "@flowith-webapi/core/http";
import { mediaFilename, mediaType } from "./media-filename.ts";
import { saveError } from "./save-error.ts";

/** The browser begins to read the address at once, but nobody tells when it has. */
const REVOKE_AFTER_MS = 60_000;

/** Hands the whole file to the browser's own downloads, where the browser finds a free name. */
export async function saveAsDownload(
  download: () => Promise<MediaDownload>,
  options: SaveOptions,
): Promise<SavedMedia> {
  const media = await download();
  try {
    const blob = new Blob(await partsOfStream(media.body));
    const firstBytes = new Uint8Array(await blob.slice(0, SIGNATURE_BYTES).arrayBuffer());
    const mimeType = mediaType(media, firstBytes);
    const location = mediaFilename(media, options.filename, firstBytes);
    offer(new Blob([blob], { type: mimeType }), location);
    return { location, sizeBytes: blob.size, mimeType };
  } catch (error) {
    throw saveError(error, options.signal);
  }
}

function offer(blob: Blob, filename: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = filename;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), REVOKE_AFTER_MS);
}
