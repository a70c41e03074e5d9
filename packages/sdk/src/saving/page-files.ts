import type { MediaSaver } from "@flowith-webapi/core/http";
import { refusedTarget } from "../shared/without-disk.ts";
import { saveAsDownload } from "./save-as-download.ts";
import { isFolder, saveToFolder } from "./save-to-folder.ts";

const isPage = typeof document !== "undefined";

/** Folders that the user has chosen, and downloads by the page. */
export const pageFiles: MediaSaver = {
  async save(download, target, options) {
    if (isFolder(target)) return saveToFolder(target, download, options);
    if (target === undefined && isPage) return saveAsDownload(download, options);
    throw refusedTarget(
      target,
      "Pass a folder, as of showDirectoryPicker() or navigator.storage.getDirectory(), or nothing for a download by the page.",
    );
  },
};
