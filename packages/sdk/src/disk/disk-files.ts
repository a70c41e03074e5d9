import type { FilesPort } from "@flowith-webapi/core";
import { readDisposition } from "../saving/read-disposition.ts";
import type { Disk } from "./disk.ts";
import { openFile } from "./open-file.ts";
import { placedPath } from "./path-of.ts";
import { saveFile } from "./save-file.ts";

/** Paths for `uploadFile` and `save`. */
export function diskFiles(disk: Disk): FilesPort {
  return {
    open: (path, label) => openFile(disk, path, label),
    place: placedPath,
    readDisposition,
    save: (download, target, options) => saveFile(disk, download, target, options),
  };
}
