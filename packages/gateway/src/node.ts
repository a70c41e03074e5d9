export { type FileKeyStoreOptions, fileKeyStore } from "./keys/file-key-store.ts";
