// What all entries export beside core; each adds its own `Flowith`, and the stores on disk, which some of them refuse.
export { pipeResponse } from "../server/pipe-response.ts";
export type { ServerResponseLike } from "../server/server-response.ts";
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
export { prefixedKeyValueStore } from "../stores/prefixed-key-value-store.ts";
export {
  type WebStorage,
  type WebStorageSessionOptions,
  webStorageKeyValueStore,
  webStorageSessionStore,
} from "../stores/web-storage.ts";

export { ClientPool, type ClientPoolOptions, type PooledClient } from "./client-pool.ts";
export type { ManyTask } from "./many-task.ts";
export type { ManyInput, ManyKind, ManyOptions, ManyResult, SkipReason } from "./many-types.ts";

export type { FlowithOptions } from "./own-supabase.ts";
