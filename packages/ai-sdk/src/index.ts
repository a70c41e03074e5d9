// So that who has this package alone can read the `cause` of its errors.
export { FlowithError } from "flowith-webapi";
export type {
  FlowithCallOptions,
  FlowithImageOptions,
  FlowithJobOptions,
  FlowithLanguageOptions,
  FlowithVideoOptions,
} from "./call-options.ts";
export { createFlowith, flowith } from "./create-flowith.ts";
export type { FlowithErrorData } from "./errors.ts";
export type { FlowithConnection, FlowithProvider } from "./provider.ts";
export type { FlowithProviderSettings } from "./settings.ts";
export type { FlowithProviderV3 } from "./v3/provider-v3.ts";
