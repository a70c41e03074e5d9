import type { MediaDownload, SavedMedia, SaveOptions } from "@flowith-webapi/core/http";
import { mediaFilename, mediaType } from "./media-filename.ts";
import { type OpenedBody, openBody } from "./opened-body.ts";
import { saveError } from "./save-error.ts";

/** A download that is to be written, with what its header and its first bytes say of it. */
export interface NamedBody {
  body: OpenedBody;
  headers: Headers;
  filename: string;
  mimeType: string;
}

/**
 * Saves a download to wherever `write` puts it. Whatever fails also ends the download.
 * @param write returns where the file is
 * @throws what a failed `save` throws
 */
export async function saveOpened(
  download: () => Promise<MediaDownload>,
  options: SaveOptions,
  write: (named: NamedBody) => Promise<string>,
): Promise<SavedMedia> {
  const media = await download();
  let body: OpenedBody | undefined;
  try {
    body = await openBody(media.body);
    const { firstBytes } = body;
    const filename = mediaFilename(media, options.filename, firstBytes);
    const mimeType = mediaType(media, firstBytes);
    const location = await write({ body, headers: media.headers, filename, mimeType });
    return { location, sizeBytes: body.sizeBytes(), mimeType };
  } catch (error) {
    await (body ?? media.body).cancel(error).catch(() => undefined);
    throw saveError(error, options.signal);
  }
}
