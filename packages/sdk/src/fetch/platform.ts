import { InvalidArgumentError, type Platform } from "@flowith-webapi/core";
import { createBackend } from "@flowith-webapi/supabase";

// Workers end what goes on after the response, and share nothing between requests.
const isWorker = globalThis.navigator?.userAgent === "Cloudflare-Workers";

/** Only what every runtime with `fetch` has: no disk, no folders. */
export const fetchPlatform: Platform = {
  createBackend,
  files: {
    async open(path) {
      throw new InvalidArgumentError(
        `uploadFile: there is no disk here to read ${path} from. Pass a Blob, bytes, a stream or a URL.`,
      );
    },
    async save() {
      throw new InvalidArgumentError("save: there is no disk here. Use bytes(), blob() or stream().");
    },
  },
  // `error` is unknown to Workers, and browsers hide the redirect; its answer is then no success.
  uploadRedirect: "manual",
  defaults: { lingerMs: isWorker ? 0 : 1_000 },
  refreshesInBackground: !isWorker,
};
