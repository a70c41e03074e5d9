import type { Platform } from "@flowith-webapi/core";
import { createBackend } from "@flowith-webapi/supabase";
import { diskFiles } from "../disk/disk-files.ts";
import { denoDisk } from "./deno-disk.ts";

export const denoPlatform: Platform = {
  createBackend,
  files: diskFiles(denoDisk),
  uploadRedirect: "error",
  uploadBody: "stream",
  defaults: {},
  refreshesInBackground: true,
  sharesPromises: true,
};
