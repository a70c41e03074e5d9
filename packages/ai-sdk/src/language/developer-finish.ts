import type { JSONObject, LanguageModelV4FinishReason, LanguageModelV4Usage } from "@ai-sdk/provider";
import type { ChatOptions, ChatOutput } from "flowith-webapi/developer";
import { type Finish, NO_USAGE } from "./finish.ts";

/** How an answer of the developer API ended. */
export function finish({ finishReason, toolCalls, usage, model }: ChatOutput): Finish {
  return {
    finishReason: { unified: unifiedReason(finishReason, toolCalls.length > 0), raw: finishReason },
    usage: usage === undefined ? NO_USAGE : toUsage(usage),
    providerMetadata: { flowith: { model } },
  };
}

/** Of an answer whose end never came, nothing is known but the model. */
export function unfinished(finishReason: LanguageModelV4FinishReason, model: ChatOptions["model"]): Finish {
  const flowith = typeof model === "string" ? { model } : {};
  return { finishReason, usage: NO_USAGE, providerMetadata: { flowith } };
}

function unifiedReason(reason: string | undefined, hasCalls: boolean): LanguageModelV4FinishReason["unified"] {
  if (hasCalls) return "tool-calls";
  switch (reason) {
    case "stop":
    case "end_turn":
      return "stop";
    case "length":
    case "max_tokens":
      return "length";
    case "content_filter":
      return "content-filter";
    default:
      return "other";
  }
}

function toUsage({ promptTokens, completionTokens, raw }: NonNullable<ChatOutput["usage"]>): LanguageModelV4Usage {
  return {
    inputTokens: { ...NO_USAGE.inputTokens, total: promptTokens },
    outputTokens: { ...NO_USAGE.outputTokens, total: completionTokens },
    raw: JSON.parse(JSON.stringify(raw)) satisfies JSONObject,
  };
}
