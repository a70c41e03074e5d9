import { InvalidArgumentError, type Platform } from "@flowith-webapi/core";
import { createBackend } from "@flowith-webapi/supabase";

/** Only what every runtime with `fetch` has: no disk, no folders. */
export const fetchPlatform: Platform = {
  createBackend,
  files: {
    async open(path) {
      throw new InvalidArgumentError(
        `uploadFile: there is no disk here to read ${path} from. Pass a Blob, bytes, a stream or a URL.`,
      );
    },
    async save(media) {
      await media.body.cancel();
      throw new InvalidArgumentError("save: there is no disk here. Use bytes(), blob() or stream().");
    },
  },
  // `error` is unknown to Workers, and browsers hide the redirect; its answer is then no success.
  uploadRedirect: "manual",
  defaults: {},
};
