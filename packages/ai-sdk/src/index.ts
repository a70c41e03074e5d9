// So that who has this package alone can read the `cause` of its errors.
export { FlowithError } from "flowith-webapi";
export type {
  FlowithCallOptions,
  FlowithFileOptions,
  FlowithImageOptions,
  FlowithJobOptions,
  FlowithLanguageOptions,
  FlowithVideoOptions,
} from "./call-options.ts";
export { createFlowith, flowith } from "./create-flowith.ts";
export type { FlowithErrorData } from "./errors.ts";
export type { Json, JsonFields } from "./json.ts";
export type { FlowithConnection, FlowithProvider } from "./provider.ts";
export type { FlowithProviderSettings } from "./settings.ts";
export type { FlowithProviderV3 } from "./v3/provider-v3.ts";
export type { FlowithImageModelV3, FlowithLanguageModelV3, FlowithVideoModelV3 } from "./v3/types-v3.ts";
