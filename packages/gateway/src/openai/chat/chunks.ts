import type { ChatEvent } from "../../backend/chat.ts";
import type { SseMessage } from "../../http/sse.ts";
import { type AnswerHead, toolCallBody, usageBody } from "./head.ts";

/** The chunks of an answer: the role with the first, a finish chunk, usage where it is wanted, and `[DONE]`. */
export async function* chunkMessages(
  head: AnswerHead,
  events: AsyncIterable<ChatEvent>,
  includeUsage: boolean,
): AsyncGenerator<SseMessage, undefined> {
  let role: { role?: "assistant" } = { role: "assistant" };
  let callCount = 0;
  const chunk = (fields: Record<string, unknown>): SseMessage => ({
    data: JSON.stringify({
      ...head,
      object: "chat.completion.chunk",
      ...(includeUsage ? { usage: null } : {}),
      ...fields,
    }),
  });
  const choice = (delta: Record<string, unknown>, finishReason: string | null = null): SseMessage =>
    chunk({ choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }] });
  for await (const event of events) {
    if (event.type === "finish") {
      yield choice(role, event.reason);
      if (includeUsage) yield chunk({ choices: [], usage: usageBody(event.usage) });
      yield { data: "[DONE]" };
      return;
    }
    yield choice({ ...role, ...deltaOf(event, callCount) });
    if (event.type === "tool-call") callCount += 1;
    role = {};
  }
}

function deltaOf(event: Exclude<ChatEvent, { type: "finish" }>, callIndex: number): Record<string, unknown> {
  switch (event.type) {
    case "text":
      return { content: event.delta };
    case "reasoning":
      return { reasoning_content: event.delta };
    case "tool-call":
      return { tool_calls: [{ index: callIndex, ...toolCallBody(event) }] };
  }
}
