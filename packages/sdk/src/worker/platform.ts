import type { Platform } from "@flowith-webapi/core";
import { createBackend } from "@flowith-webapi/supabase";
import { isBucket, saveToBucket } from "../shared/save-to-bucket.ts";
import { openNothing, refusedTarget } from "../shared/without-disk.ts";

/** Cloudflare's Workers, and whatever else runs on workerd. */
export const workerPlatform: Platform = {
  createBackend,
  files: {
    open: openNothing,
    async save(download, target, options) {
      if (isBucket(target)) return saveToBucket(target, download, options);
      throw refusedTarget(target, "Pass an R2 bucket, or use stream(), bytes() or blob().");
    },
  },
  // Workers know no `error`. The answer of a redirect is then no success.
  uploadRedirect: "manual",
  uploadBody: "stream",
  // What goes on after the response is cut off.
  defaults: { lingerMs: 0 },
  refreshesInBackground: false,
  sharesPromises: false,
};
