import type { Platform } from "@flowith-webapi/core";
import { createBackend } from "@flowith-webapi/supabase";
import { openFile } from "./open-file.ts";
import { saveFile } from "./save-file.ts";

export const nodePlatform: Platform = {
  createBackend,
  files: { open: openFile, save: saveFile },
  uploadRedirect: "error",
  uploadBody: "stream",
  defaults: {},
  refreshesInBackground: true,
  sharesPromises: true,
};
