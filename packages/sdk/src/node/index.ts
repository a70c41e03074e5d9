export * from "@flowith-webapi/core";
export type { ManyInput, ManyOptions, ManyResult } from "../shared/generate-many.ts";
export type { FlowithOptions } from "../shared/own-supabase.ts";
export { fileJobStore } from "../stores/file/file-job-store.ts";
export { fileSessionStore } from "../stores/file/file-session-store.ts";
export { keyValueSessionStore } from "../stores/key-value-session-store.ts";
export { Flowith } from "./flowith.ts";
