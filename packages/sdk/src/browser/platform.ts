import type { Platform } from "@flowith-webapi/core";
import { createBackend } from "@flowith-webapi/supabase";
import { tabVerifierStore } from "../shared/tab-verifier-store.ts";
import { openNothing, refusedTarget } from "../shared/without-disk.ts";
import { saveAsDownload } from "./save-as-download.ts";
import { isFolder, saveToFolder } from "./save-to-folder.ts";
import { sendWithProgress } from "./send-with-progress.ts";

const isPage = typeof document !== "undefined";

/** Pages, and the workers of pages. */
export const browserPlatform: Platform = {
  createBackend,
  files: {
    open: openNothing,
    async save(download, target, options) {
      if (isFolder(target)) return saveToFolder(target, download, options);
      if (target === undefined && isPage) return saveAsDownload(download, options);
      throw refusedTarget(
        target,
        "Pass a folder, as of showDirectoryPicker() or navigator.storage.getDirectory(), or nothing for a download by the page.",
      );
    },
  },
  // Browsers hide what a redirect answers; it is then no success.
  uploadRedirect: "manual",
  // They refuse streams over HTTP/1.1, and read Blobs from disk by themselves.
  uploadBody: "blob",
  sendWithProgress: typeof XMLHttpRequest === "undefined" ? undefined : sendWithProgress,
  defaults: { verifierStore: isPage ? tabVerifierStore : undefined },
  refreshesInBackground: true,
  sharesPromises: true,
};
