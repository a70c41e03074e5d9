import { openAsBlob } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { InvalidArgumentError, mimeTypeOf, type OpenedFile } from "@flowith-webapi/core";

/** A file on disk, to be read only as it is sent. */
export async function openFile(path: string): Promise<OpenedFile> {
  const location = path.startsWith("file:") ? fileURLToPath(path) : path;
  const name = basename(location);
  const info = await stat(location).catch((cause: unknown) => {
    throw new InvalidArgumentError(`uploadFile: ${location} cannot be read. Check the path.`, { cause });
  });
  if (!info.isFile()) throw new InvalidArgumentError(`uploadFile: ${location} is no file.`);
  return { blob: await openAsBlob(location, { type: mimeTypeOf(name) ?? "" }), name };
}
