// Here and not in exports.ts: the bundler loses what a module that it bundles exports of one that it does not.
export * from "@flowith-webapi/core";
export * from "../shared/exports.ts";
export { fileJobStore, fileSessionStore } from "../shared/without-disk.ts";
export { Flowith } from "./flowith.ts";
