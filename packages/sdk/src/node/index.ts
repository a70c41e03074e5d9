export * from "@flowith-webapi/core";
export type { ManyInput, ManyOptions, ManyResult } from "../shared/generate-many.ts";
export { Flowith } from "./flowith.ts";
