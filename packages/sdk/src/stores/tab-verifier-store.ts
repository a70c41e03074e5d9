import type { KeyValueStore } from "@flowith-webapi/core";
import { webStorageKeyValueStore } from "./web-storage.ts";

/** `sessionStorage`, looked at only when it is used: where storage is forbidden, to ask for it throws. */
export const tabVerifierStore: KeyValueStore = webStorageKeyValueStore({
  getItem: (key) => sessionStorage.getItem(key),
  setItem: (key, value) => sessionStorage.setItem(key, value),
  removeItem: (key) => sessionStorage.removeItem(key),
});
