export * from "../shared/exports.ts";
export { fileJobStore, fileSessionStore } from "../shared/without-disk.ts";
export { Flowith } from "./flowith.ts";
