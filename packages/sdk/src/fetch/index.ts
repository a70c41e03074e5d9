export * from "@flowith-webapi/core";
export { Flowith } from "./flowith.ts";
