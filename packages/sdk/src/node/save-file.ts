import { randomUUID } from "node:crypto";
import { constants, copyFile, link, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, extname, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import {
  FileSaveError,
  FlowithError,
  InvalidArgumentError,
  type MediaDownload,
  type SavedMedia,
  type SaveOptions,
  type SaveTarget,
} from "@flowith-webapi/core";
import { mediaFilename, mediaType, splitExtension } from "../shared/media-filename.ts";
import { type WrittenBody, writeBody } from "./write-body.ts";

const MOST_NAMES_TRIED = 10_000;

/**
 * Writes a download to disk. The target is a folder, which is made, or a file where it ends with an extension. The file
 * appears under its name only when it is whole.
 */
export async function saveFile(
  download: () => Promise<MediaDownload>,
  target: SaveTarget | undefined,
  options: SaveOptions,
): Promise<SavedMedia> {
  const path = pathOf(target ?? ".");
  const media = await download();
  try {
    const isFile = options.filename === undefined && (await isFilePath(path));
    const folder = isFile ? dirname(resolve(path)) : resolve(path);
    await mkdir(folder, { recursive: true });
    const part = join(folder, `.${randomUUID()}.part`);
    try {
      const { sizeBytes, firstBytes } = await writePart(part, media.body);
      const mimeType = mediaType(media, firstBytes);
      const name = isFile ? basename(path) : mediaFilename(media, options.filename, firstBytes);
      const location = await publish(part, folder, name, options.overwrite ?? false);
      return { location, sizeBytes, mimeType };
    } finally {
      await rm(part, { force: true });
    }
  } catch (error) {
    await media.body.cancel().catch(() => undefined);
    throw saveError(error, options.signal);
  }
}

async function writePart(part: string, body: ReadableStream<Uint8Array>): Promise<WrittenBody> {
  const file = await open(part, "wx");
  try {
    return await writeBody(body, file);
  } finally {
    await file.close();
  }
}

async function isFilePath(path: string): Promise<boolean> {
  return extname(path) !== "" && !path.endsWith(sep) && !(await isFolder(path));
}

function pathOf(target: SaveTarget): string {
  if (typeof target === "string") return target;
  if (target instanceof URL && target.protocol === "file:") return fileURLToPath(target);
  throw new InvalidArgumentError("save: in Node the target must be a path or a file: URL.");
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

/** Gives the finished file its name; without `overwrite` the first free one, which no other process can take meanwhile. */
async function publish(part: string, folder: string, name: string, overwrite: boolean): Promise<string> {
  if (overwrite) {
    const location = join(folder, name);
    await rename(part, location);
    return location;
  }
  const { stem, extension = "" } = splitExtension(name);
  for (let number = 1; number <= MOST_NAMES_TRIED; number++) {
    const location = join(folder, number === 1 ? name : `${stem} (${number})${extension}`);
    if (await linkUnlessThere(part, location)) return location;
  }
  throw new FileSaveError(`save: there are ${MOST_NAMES_TRIED} files of the name ${name} in ${folder}.`);
}

async function linkUnlessThere(part: string, location: string): Promise<boolean> {
  try {
    await link(part, location);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
  }
  // Some file systems have no hard links.
  try {
    await copyFile(part, location, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    await rm(location, { force: true });
    throw error;
  }
}

function saveError(error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return signal.reason;
  if (FlowithError.is(error)) return error;
  const code = codeOf(error);
  const advice = code === "ENOSPC" ? "The disk is full." : code === "EACCES" ? "Writing is not allowed there." : "";
  const said = error instanceof Error ? error.message : String(error);
  return new FileSaveError(`save: the file could not be written (${said}). Nothing was left behind. ${advice}`.trim(), {
    cause: error,
  });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
