import type { ChatEvent } from "../../backend/chat.ts";
import { collectChat } from "../../backend/collect-chat.ts";
import { type AnswerHead, toolCallBody, usageBody } from "./head.ts";

/** The whole answer. */
export async function completion(head: AnswerHead, events: AsyncIterable<ChatEvent>): Promise<Record<string, unknown>> {
  const { text, reasoning, toolCalls, finish } = await collectChat(events);
  const message = {
    role: "assistant",
    content: text === "" && toolCalls.length > 0 ? null : text,
    refusal: null,
    ...(reasoning === "" ? {} : { reasoning_content: reasoning }),
    ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls.map(toolCallBody) }),
  };
  return {
    ...head,
    object: "chat.completion",
    model: finish.model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: finish.reason }],
    usage: usageBody(finish.usage),
  };
}
