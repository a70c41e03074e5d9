// Here and not in exports.ts: the bundler loses what a module that it bundles exports of one that it does not.
export * from "@flowith-webapi/core";
export * from "../shared/exports.ts";
export { fileJobStore } from "../stores/file/file-job-store.ts";
export { fileSessionStore } from "../stores/file/file-session-store.ts";
export { Flowith } from "./flowith.ts";
