import { jsonInstruction, TextPieces } from "@flowith-webapi/chat-bridge";
import { type ChatMessage, type ChatOutput, type DeveloperClient, ToolCallError } from "flowith-webapi/developer";
import type { ChatEvent, ChatRequest, ChatUsage, FinishReason } from "./chat.ts";
import { ShortNames } from "./short-names.ts";

/** Asks the developer API, which has tools of its own; JSON is asked for in words. */
export async function* developerChat(
  developer: DeveloperClient,
  request: ChatRequest,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, undefined> {
  const names = await ShortNames.of(request);
  const { messages, tools = [], toolChoice, json, ...settings } = names.shortened(request);
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
  let output: ChatOutput;
  try {
    for await (const { reasoningDelta, textDelta } of stream) {
      if (reasoningDelta !== "") yield { type: "reasoning", delta: reasoningDelta };
      for (const event of words(pieces.push(textDelta))) yield event;
    }
    output = await stream.output;
  } catch (error) {
    const told = toldAnswer(error);
    if (told === undefined) throw error;
    output = told;
  }
  yield* words(pieces.end());
  for (const call of output.message.tool_calls ?? []) {
    yield {
      type: "tool-call",
      id: call.id,
      name: names.longOf(call.function.name),
      argumentsText: call.function.arguments,
    };
  }
  yield {
    type: "finish",
    reason: reasonOf(output),
    model: output.model,
    ...(output.usage === undefined ? {} : { usage: usageOf(output.usage) }),
  };
}

/**
 * An answer whose calls of tools no program can follow, as a client is told it: a call of an unknown tool is the client's to
 * answer, and one that a limit has cut is left out. Undefined where it is an error to the client as well.
 */
function toldAnswer(error: unknown): ChatOutput | undefined {
  if (!(error instanceof ToolCallError)) return undefined;
  const { output, reason } = error;
  if (reason !== "tool_call_cut") return output;
  const { tool_calls: _, ...message } = output.message;
  return reasonNamed(output.finishReason) === "stop" ? undefined : { ...output, message };
}

/** A list: handing on another generator takes each event through more turns. */
function words(pieces: ReturnType<TextPieces["push"]>): ChatEvent[] {
  return pieces.flatMap((piece): ChatEvent[] => {
    return piece.type === "text" && piece.text !== "" ? [{ type: "text", delta: piece.text }] : [];
  });
}

function reasonOf({ finishReason, message }: ChatOutput): FinishReason {
  return (message.tool_calls ?? []).length > 0 ? "tool_calls" : reasonNamed(finishReason);
}

function reasonNamed(name: string | undefined): FinishReason {
  if (name === "length" || name === "max_tokens") return "length";
  return name === "content_filter" ? "content_filter" : "stop";
}

function usageOf({ promptTokens = 0, completionTokens = 0 }: NonNullable<ChatOutput["usage"]>): ChatUsage {
  return { promptTokens, completionTokens };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
