import type { LanguageModelV4StreamPart, LanguageModelV4ToolCall } from "@ai-sdk/provider";

export function toolCall(name: string, input: string, id: string): LanguageModelV4ToolCall {
  return { type: "tool-call", toolCallId: id, toolName: name, input };
}

/** A call that is known as a whole, as the parts of a stream. */
export function toolCallParts(call: LanguageModelV4ToolCall): LanguageModelV4StreamPart[] {
  const { toolCallId: id, toolName, input } = call;
  return [
    { type: "tool-input-start", id, toolName },
    { type: "tool-input-delta", id, delta: input },
    { type: "tool-input-end", id },
    call,
  ];
}
