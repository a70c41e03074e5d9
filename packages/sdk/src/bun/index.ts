export * from "../shared/exports.ts";
export { fileJobStore } from "../stores/file/file-job-store.ts";
export { fileSessionStore } from "../stores/file/file-session-store.ts";
export { Flowith } from "./flowith.ts";
