import type { LanguageModelV4FinishReason, LanguageModelV4Usage, SharedV4ProviderMetadata } from "@ai-sdk/provider";

/** How a call ended, as both `doGenerate` and the last part of a stream tell it. */
export interface Finish {
  finishReason: LanguageModelV4FinishReason;
  usage: LanguageModelV4Usage;
  providerMetadata: SharedV4ProviderMetadata;
}

/** The web app tells nothing of tokens, and nothing is estimated. */
export const NO_USAGE: LanguageModelV4Usage = {
  inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: undefined, text: undefined, reasoning: undefined },
};

export const INTERRUPTED: LanguageModelV4FinishReason = { unified: "interrupted", raw: "interrupted" };
export const FAILED: LanguageModelV4FinishReason = { unified: "error", raw: "error" };
