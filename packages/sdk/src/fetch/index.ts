export * from "@flowith-webapi/core";
export type { ManyInput, ManyOptions, ManyResult } from "../shared/generate-many.ts";
export type { FlowithOptions } from "../shared/own-supabase.ts";
export {
  type DenoKv,
  denoKvKeyValueStore,
  denoKvSessionStore,
} from "../stores/deno-kv.ts";
export {
  type DurableObjectStorageLike,
  durableObjectKeyValueStore,
  durableObjectSessionStore,
} from "../stores/durable-object.ts";
export { keyValueSessionStore } from "../stores/key-value-session-store.ts";
export {
  type WebStorage,
  type WebStorageSessionOptions,
  webStorageKeyValueStore,
  webStorageSessionStore,
} from "../stores/web-storage.ts";
export { Flowith } from "./flowith.ts";
