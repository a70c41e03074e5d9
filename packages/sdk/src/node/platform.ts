import type { Platform } from "@flowith-webapi/core";
import { createBackend } from "@flowith-webapi/supabase";
import { diskFiles } from "../disk/disk-files.ts";
import { nodeDisk } from "../disk/node-disk.ts";

export const nodePlatform: Platform = {
  createBackend,
  files: diskFiles(nodeDisk),
  uploadRedirect: "error",
  uploadBody: "stream",
  defaults: {},
  refreshesInBackground: true,
  sharesPromises: true,
};
