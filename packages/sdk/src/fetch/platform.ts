import type { Platform } from "@flowith-webapi/core";
import { createBackend } from "@flowith-webapi/supabase";
import { isBucket, saveToBucket } from "../shared/save-to-bucket.ts";
import { tabVerifierStore } from "../shared/tab-verifier-store.ts";
import { openNothing, refusedTarget } from "../shared/without-disk.ts";

// A bundler that was told no condition takes this entry for Workers and pages too.
const isWorker = globalThis.navigator?.userAgent === "Cloudflare-Workers";
const isPage = typeof document !== "undefined";

/** Only what every runtime with `fetch` has: no disk, no folders. */
export const fetchPlatform: Platform = {
  createBackend,
  files: {
    open: openNothing,
    async save(download, target, options) {
      if (isBucket(target)) return saveToBucket(target, download, options);
      throw refusedTarget(target, "Use bytes(), blob() or stream(), or pass something with put(key, stream).");
    },
  },
  // `error` is unknown to Workers, and browsers hide the redirect; its answer is then no success.
  uploadRedirect: "manual",
  uploadBody: isWorker ? "stream" : "blob",
  defaults: { lingerMs: isWorker ? 0 : 1_000, verifierStore: isPage ? tabVerifierStore : undefined },
  refreshesInBackground: !isWorker,
  sharesPromises: !isWorker,
};
