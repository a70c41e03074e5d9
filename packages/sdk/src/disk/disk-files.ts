import type { FilesPort } from "@flowith-webapi/core";
import { readDisposition } from "../saving/read-disposition.ts";
import type { Disk } from "./disk.ts";
import { openFile } from "./open-file.ts";
import { saveFile } from "./save-file.ts";

/** Paths for `uploadFile` and `save`. */
export function diskFiles(disk: Disk): FilesPort {
  return {
    open: (path) => openFile(disk, path),
    readDisposition,
    save: (download, target, options) => saveFile(disk, download, target, options),
  };
}
