import type { ChatEvent, ChatUsage } from "../../backend/chat.ts";

/** What stands at the beginning of an answer and of each of its chunks. */
export interface AnswerHead {
  id: string;
  /** Seconds since 1970. */
  created: number;
  model: string;
}

/** Usage as OpenAI's clients read it; what the service does not tell is zero. */
export function usageBody({ promptTokens, completionTokens }: ChatUsage = { promptTokens: 0, completionTokens: 0 }): {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
} {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
}

/** A call of a tool as it stands in a message. */
export function toolCallBody({ id, name, argumentsText }: Extract<ChatEvent, { type: "tool-call" }>): {
  id: string;
  type: "function";
  function: { name: string; arguments: string };
} {
  return { id, type: "function", function: { name, arguments: argumentsText } };
}
