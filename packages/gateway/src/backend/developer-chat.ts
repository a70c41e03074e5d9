import { jsonInstruction, TextPieces } from "@flowith-webapi/chat-bridge";
import type { ChatMessage, ChatOutput, DeveloperClient } from "flowith-webapi/developer";
import type { ChatEvent, ChatRequest, ChatUsage, FinishReason } from "./chat.ts";

/** Asks the developer API, which has tools of its own; JSON is asked for in words. */
export async function* developerChat(
  developer: DeveloperClient,
  { messages, tools = [], toolChoice, json, ...settings }: ChatRequest,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, undefined> {
  const instruction: ChatMessage[] = json === undefined ? [] : [{ role: "system", content: jsonInstruction(json) }];
  const pieces = new TextPieces({ toolNames: undefined, isJson: json !== undefined });
  const stream = developer.chatStream([...instruction, ...messages], {
    ...settings,
    signal,
    ...(tools.length === 0
      ? {}
      : {
          tools: tools.map(({ name, description, parameters }) => ({
            name,
            description,
            ...(isRecord(parameters) ? { parameters } : {}),
          })),
          toolChoice,
        }),
  });
  for await (const { reasoningDelta, textDelta } of stream) {
    if (reasoningDelta !== "") yield { type: "reasoning", delta: reasoningDelta };
    yield* words(pieces.push(textDelta));
  }
  const output = await stream.output;
  yield* words(pieces.end());
  for (const { id, name, argumentsText } of output.toolCalls) yield { type: "tool-call", id, name, argumentsText };
  yield {
    type: "finish",
    reason: reasonOf(output),
    model: output.model,
    ...(output.usage === undefined ? {} : { usage: usageOf(output.usage) }),
  };
}

function* words(pieces: ReturnType<TextPieces["push"]>): Generator<ChatEvent> {
  for (const piece of pieces) if (piece.type === "text" && piece.text !== "") yield { type: "text", delta: piece.text };
}

function reasonOf({ finishReason, toolCalls }: ChatOutput): FinishReason {
  if (toolCalls.length > 0) return "tool_calls";
  if (finishReason === "length" || finishReason === "max_tokens") return "length";
  return finishReason === "content_filter" ? "content_filter" : "stop";
}

function usageOf({ promptTokens = 0, completionTokens = 0 }: NonNullable<ChatOutput["usage"]>): ChatUsage {
  return { promptTokens, completionTokens };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
