import { InvalidArgumentError, type Platform } from "@flowith-webapi/core";
import { createBackend } from "@flowith-webapi/supabase";
import { type WebStorage, webStorageKeyValueStore } from "../stores/web-storage.ts";

// Workers end what goes on after the response, and share nothing between requests.
const isWorker = globalThis.navigator?.userAgent === "Cloudflare-Workers";

const isPage = typeof document !== "undefined";

// Looked at when it is used: where storage is forbidden, to ask for it throws.
const tabStorage: WebStorage = {
  getItem: (key) => sessionStorage.getItem(key),
  setItem: (key, value) => sessionStorage.setItem(key, value),
  removeItem: (key) => sessionStorage.removeItem(key),
};

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
  uploadBody: isWorker ? "stream" : "blob",
  defaults: {
    lingerMs: isWorker ? 0 : 1_000,
    verifierStore: isPage ? webStorageKeyValueStore(tabStorage) : undefined,
  },
  refreshesInBackground: !isWorker,
  sharesPromises: !isWorker,
};
