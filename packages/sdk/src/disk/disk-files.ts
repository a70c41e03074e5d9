import type { FilesPort } from "@flowith-webapi/core";
import type { Disk } from "./disk.ts";
import { openFile } from "./open-file.ts";
import { saveFile } from "./save-file.ts";

/** Paths for `uploadFile` and `save`. */
export function diskFiles(disk: Disk): FilesPort {
  return {
    open: (path) => openFile(disk, path),
    save: (download, target, options) => saveFile(disk, download, target, options),
  };
}
