import type { FlowithClient, FlowithOptions } from "flowith-webapi";
import type { DeveloperClient } from "flowith-webapi/developer";

/** What both faces of the provider take. */
export interface FlowithProviderSettings extends FlowithOptions {
  /**
   * A client of your own, of the web app or of the developer API. It excludes all options of a client, and stays open when
   * the provider is closed.
   */
  client?: FlowithClient | DeveloperClient | undefined;
  /**
   * A key of the developer API, which gives tools and token usage. Without it, and without a session in the other options,
   * the environment says who it is: by a session first, else by `FLOWITH_API_KEY`. With it the environment is not read, nor is
   * `FLOWITH_EDGE_URL`.
   */
  apiKey?: string | undefined;
  /**
   * Default false. Lets models of the web app call tools: they are described in the prompt, and calls are read out of the
   * text. Per call: `providerOptions.flowith.toolBridge`. With an API key tools are the service's own.
   */
  toolBridge?: boolean | undefined;
}
