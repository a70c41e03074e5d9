import { basename, dirname, join, resolve } from "node:path";
import {
  FileSaveError,
  InvalidArgumentError,
  type MediaDownload,
  type SavedMedia,
  type SaveOptions,
  type SaveTarget,
} from "@flowith-webapi/core";
import { excerpt, isUrl, splitExtension } from "@flowith-webapi/core/http";
import { mediaFilename, mediaType } from "../saving/media-filename.ts";
import { numberedNames } from "../saving/numbered-names.ts";
import { saveError } from "../saving/save-error.ts";
import type { Disk } from "./disk.ts";
import { diskProblem } from "./disk-problem.ts";
import { hasCode } from "./has-code.ts";
import { partName, removeLeftParts } from "./left-parts.ts";
import { pathOf } from "./path-of.ts";
import { type WrittenBody, writeBody } from "./write-body.ts";

/**
 * Writes a download to disk. The target is a folder, which is made, or a file where it ends with an extension. The file
 * appears under its name only when it is whole.
 */
export async function saveFile(
  disk: Disk,
  download: () => Promise<MediaDownload>,
  target: SaveTarget | undefined,
  options: SaveOptions,
): Promise<SavedMedia> {
  const path = pathOfTarget(target ?? ".");
  // From the folder that the process is in now: it may be in another one when the download is there.
  const place = resolve(path);
  const isFile = options.filename === undefined && hasExtension(path) && !(await isFolder(disk, place));
  const media = await download();
  const folder = isFile ? dirname(path) : path;
  try {
    const where = isFile ? { folder: dirname(place), name: basename(place) } : { folder: place, name: undefined };
    return await save(disk, media, where, options);
  } catch (error) {
    await media.body.cancel().catch(() => undefined);
    const { code, advice, isPassing } = diskProblem(error);
    // What has no code is none of the disk's, and says itself what it is.
    const usual = code === undefined ? undefined : advice;
    throw saveError(error, options.signal, { code, isPassing, advice: disk.advice?.(error, folder) ?? usual });
  }
}

/** @param place the name is known where the caller named a file */
async function save(
  disk: Disk,
  media: MediaDownload,
  { folder, name: given }: { folder: string; name: string | undefined },
  options: SaveOptions,
): Promise<SavedMedia> {
  await disk.makeFolder(folder);
  await removeLeftParts(disk, folder);
  const part = join(folder, partName());
  let saved: SavedMedia;
  try {
    const { sizeBytes, firstBytes } = await writePart(disk, part, media.body);
    const name = given ?? mediaFilename(media, options.filename, firstBytes);
    const location = await publish(disk, part, folder, name, options.overwrite ?? false);
    saved = { location, sizeBytes, mimeType: mediaType(media, firstBytes) };
  } catch (error) {
    await quietly(() => disk.remove(part));
    throw error;
  }
  await disk.remove(part);
  return saved;
}

async function writePart(disk: Disk, part: string, body: ReadableStream<Uint8Array>): Promise<WrittenBody> {
  const file = await disk.createFile(part);
  let written: WrittenBody;
  try {
    written = await writeBody(body, file);
  } catch (error) {
    await quietly(() => file.close());
    throw error;
  }
  // Some file systems say only here that they had no room.
  await file.close();
  return written;
}

/** What is left to do after a failure, which counts: a disk that refused one thing often refuses the next one as well. */
async function quietly(work: () => Promise<void>): Promise<void> {
  await work().catch(() => undefined);
}

function hasExtension(path: string): boolean {
  return splitExtension(path).extension !== undefined;
}

function pathOfTarget(target: SaveTarget): string {
  if (typeof target === "string") return pathOf("save", target);
  if (isUrl(target)) return pathOf("save", target.href);
  throw new InvalidArgumentError(
    "save: here the target must be a path or a file: URL. For anything else, use stream(), bytes() or blob().",
  );
}

async function isFolder(disk: Disk, path: string): Promise<boolean> {
  try {
    return (await disk.stat(path)).isFolder;
  } catch {
    return false;
  }
}

/** Gives the finished file its name; without `overwrite` the first free one, which no other process can take meanwhile. */
async function publish(disk: Disk, part: string, folder: string, name: string, overwrite: boolean): Promise<string> {
  if (overwrite) {
    const location = join(folder, name);
    await disk.rename(part, location);
    return location;
  }
  for (const free of numberedNames(name)) {
    const location = join(folder, free);
    if (await linkUnlessThere(disk, part, location)) return location;
  }
  throw new FileSaveError(`save: there are too many files of the name ${excerpt(name)} in ${excerpt(folder, "end")}.`);
}

async function linkUnlessThere(disk: Disk, part: string, location: string): Promise<boolean> {
  try {
    await disk.link(part, location);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    if (disk.advice?.(error, location) !== undefined) throw error;
  }
  // Some file systems have no hard links.
  try {
    await disk.copyUnlessThere(part, location);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    await quietly(() => disk.remove(location));
    throw error;
  }
}
