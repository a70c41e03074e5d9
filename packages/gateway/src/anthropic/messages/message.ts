import type { ChatEvent, ChatUsage } from "../../backend/chat.ts";
import { type CollectedChat, collectChat } from "../../backend/collect-chat.ts";

/** What is known of a message before it is answered. */
export interface MessageHead {
  id: string;
  /** The model that is asked. */
  model: string;
  showsThinking: boolean;
}

type Finish = Extract<ChatEvent, { type: "finish" }>;
type ToolCall = Extract<ChatEvent, { type: "tool-call" }>;

/** A whole message; `isUsageKnown` tells whether its zeros are counts. */
export async function wholeMessage(
  head: MessageHead,
  events: AsyncIterable<ChatEvent>,
): Promise<{ message: Record<string, unknown>; isUsageKnown: boolean }> {
  const answer = await collectChat(events);
  const { finish } = answer;
  const message = {
    ...messageBody({ ...head, model: finish.model }),
    content: contentOf(answer, head.showsThinking),
    ...ending(finish),
    usage: usageBody(finish.usage),
  };
  return { message, isUsageKnown: finish.usage !== undefined };
}

/** A message that nothing has come of yet. */
export function messageBody({ id, model }: MessageHead): Record<string, unknown> {
  return {
    id,
    type: "message",
    role: "assistant",
    model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    stop_details: null,
    container: null,
    diagnostics: null,
    usage: usageBody(undefined),
  };
}

/** How an answer ended, in Anthropic's words. */
export function ending({ reason, stopSequence }: Finish): Record<string, unknown> {
  const reasons = { stop: "end_turn", length: "max_tokens", tool_calls: "tool_use", content_filter: "refusal" };
  const isStopped = stopSequence !== undefined;
  return {
    stop_reason: isStopped ? "stop_sequence" : reasons[reason],
    stop_sequence: stopSequence ?? null,
    stop_details: null,
    container: null,
  };
}

/** What the service does not tell is zero where clients want a number, and null elsewhere. */
export function usageBody({ promptTokens, completionTokens }: ChatUsage = { promptTokens: 0, completionTokens: 0 }): {
  input_tokens: number;
  output_tokens: number;
  [detail: string]: number | null;
} {
  return {
    input_tokens: promptTokens,
    output_tokens: completionTokens,
    output_tokens_details: null,
    cache_creation: null,
    cache_creation_input_tokens: null,
    cache_read_input_tokens: null,
    inference_geo: null,
    server_tool_use: null,
    service_tier: null,
    speed: null,
  };
}

/** A call as its block begins; its input follows in a stream. */
export function toolUseBlock({ id, name }: ToolCall): Record<string, unknown> {
  return { type: "tool_use", id, name, input: {}, caller: { type: "direct" } };
}

/** A call's input, which is an object. What a model wrote in its place is kept for the tool to refuse, and the model to see. */
export function toolInput(argumentsText: string): Record<string, unknown> {
  try {
    const value: unknown = argumentsText.trim() === "" ? {} : JSON.parse(argumentsText);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Not JSON, as where a limit of tokens has cut it.
  }
  return { INVALID_JSON: argumentsText };
}

/** Flowith signs no thinking, so the signature is empty. */
export function thinkingBlock(thinking: string): Record<string, unknown> {
  return { type: "thinking", thinking, signature: "" };
}

export function textBlock(text: string): Record<string, unknown> {
  return { type: "text", text, citations: null };
}

function contentOf({ text, reasoning, toolCalls }: CollectedChat, showsThinking: boolean): Record<string, unknown>[] {
  return [
    ...(showsThinking && reasoning !== "" ? [thinkingBlock(reasoning)] : []),
    ...(text === "" ? [] : [textBlock(text)]),
    ...toolCalls.map((call) => ({ ...toolUseBlock(call), input: toolInput(call.argumentsText) })),
  ];
}
