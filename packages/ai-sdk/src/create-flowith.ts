import { type FlowithProvider, flowithV4 } from "./provider.ts";
import type { FlowithProviderSettings } from "./settings.ts";
import { checkSettings } from "./settings-check.ts";
import { type FlowithProviderV3, flowithV3 } from "./v3/provider-v3.ts";

/**
 * A provider for the AI SDK: of the web app by its session, or of the developer API by a key. Nothing is asked for, and the
 * environment not read, before the first call.
 * @param settings `specificationVersion: "v3"` makes one for ai 6; by default it is for ai 7
 * @throws InvalidArgumentError of the AI SDK, for what is a provider's own, and for what excludes another; the options of a
 * client are checked by the first call
 * @example
 * const flowith = createFlowith({ token, refreshToken });
 * const { text } = await generateText({ model: flowith("gpt-4.1-nano"), prompt: "Write a haiku about streams." });
 */
export function createFlowith(settings: FlowithProviderSettings & { specificationVersion: "v3" }): FlowithProviderV3;
export function createFlowith(
  settings?: FlowithProviderSettings & { specificationVersion?: "v4" | undefined },
): FlowithProvider;
export function createFlowith(
  settings: FlowithProviderSettings & { specificationVersion?: "v3" | "v4" | undefined } = {},
): FlowithProvider | FlowithProviderV3 {
  checkSettings(settings);
  const { specificationVersion, ...others } = settings;
  return specificationVersion === "v3" ? flowithV3(others) : flowithV4(others);
}

/**
 * Flowith by the environment: `FLOWITH_TOKEN`, `FLOWITH_REFRESH_TOKEN`, `FLOWITH_SESSION_FILE` and the others of
 * `Flowith.fromEnv()`; where none of these three is set, `FLOWITH_API_KEY`.
 * @example
 * const { text } = await generateText({ model: flowith("gpt-4.1-nano"), prompt: "Write a haiku about streams." });
 */
export const flowith: FlowithProvider = /* @__PURE__ */ createFlowith();
