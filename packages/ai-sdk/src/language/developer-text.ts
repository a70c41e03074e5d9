import type {
  JSONObject,
  LanguageModelV4CallOptions,
  LanguageModelV4Content,
  LanguageModelV4FinishReason,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
  LanguageModelV4StreamResult,
  LanguageModelV4Usage,
} from "@ai-sdk/provider";
import type { ChatChunk, ChatOptions, ChatOutput, ChatStream, DeveloperClient } from "flowith-webapi/developer";
import { StreamTruncatedError } from "flowith-webapi/developer";
import { asAiCall, toAiError } from "../errors.ts";
import { type DeveloperCall, developerCall } from "./developer-call.ts";
import { FAILED, type Finish, INTERRUPTED, NO_USAGE } from "./finish.ts";
import { OpenParts } from "./open-parts.ts";
import { partsStream } from "./parts-stream.ts";
import { toolCall, toolCallParts } from "./tool-call.ts";

export async function developerGenerate(
  developer: DeveloperClient,
  modelId: string,
  options: LanguageModelV4CallOptions,
): Promise<LanguageModelV4GenerateResult> {
  return asAiCall("chat", async () => {
    const { messages, options: request, warnings, pieces } = developerCall(modelId, options);
    try {
      const output = await developer.chat(messages, request);
      const text = [...pieces.push(output.text), ...pieces.end()].map((piece) => ("text" in piece ? piece.text : ""));
      const calls = output.toolCalls.map(({ id, name, argumentsText }) => toolCall(name, argumentsText, id));
      const content = [...wordsOf(output.reasoning, text.join("")), ...calls];
      return { content, ...finish(output), warnings, response: { modelId: output.model, timestamp: new Date() } };
    } catch (error) {
      if (!StreamTruncatedError.is(error) || !error.partial) throw error;
      return { content: wordsOf("", error.partial), ...cut(modelId), warnings };
    }
  });
}

export async function developerStream(
  developer: DeveloperClient,
  modelId: string,
  options: LanguageModelV4CallOptions,
): Promise<LanguageModelV4StreamResult> {
  return asAiCall("chatStream", async () => {
    const call = developerCall(modelId, options);
    const stream = developer.chatStream(call.messages, call.options);
    const chunks = stream[Symbol.asyncIterator]();
    const first = await chunks.next();
    return { stream: partsStream(streamParts(call, options, stream, first, chunks), () => stream.cancel()) };
  });
}

async function* streamParts(
  { warnings, pieces, options: { model } }: DeveloperCall,
  { abortSignal, includeRawChunks }: LanguageModelV4CallOptions,
  stream: ChatStream,
  first: IteratorResult<ChatChunk>,
  chunks: AsyncIterator<ChatChunk>,
): AsyncGenerator<LanguageModelV4StreamPart, undefined> {
  yield { type: "stream-start", warnings };
  yield { type: "response-metadata", timestamp: new Date(), ...(typeof model === "string" ? { modelId: model } : {}) };
  const open = new OpenParts();
  const words = function* (found: ReturnType<typeof pieces.push>): Generator<LanguageModelV4StreamPart> {
    for (const piece of found) if (piece.type === "text") yield* open.delta("text", piece.text);
  };
  try {
    for (let result = first; result.done !== true; result = await chunks.next()) {
      const { value: chunk } = result;
      if (includeRawChunks) yield { type: "raw", rawValue: chunk };
      yield* open.delta("reasoning", chunk.reasoningDelta);
      yield* words(pieces.push(chunk.textDelta));
    }
    const output = await stream.output;
    yield* words(pieces.end());
    yield* open.close();
    for (const { id, name, argumentsText } of output.toolCalls) yield* toolCallParts(toolCall(name, argumentsText, id));
    yield { type: "finish", ...finish(output) };
  } catch (error) {
    if (abortSignal?.aborted) throw error;
    yield* words(pieces.cut());
    yield* open.close();
    const isCut = StreamTruncatedError.is(error);
    if (!isCut) yield { type: "error", error: toAiError(error, "chatStream") };
    yield { type: "finish", ...cut(model), finishReason: isCut ? INTERRUPTED : FAILED };
  }
}

function cut(model: ChatOptions["model"]): Finish {
  const flowith = typeof model === "string" ? { model } : {};
  return { finishReason: INTERRUPTED, usage: NO_USAGE, providerMetadata: { flowith } };
}

function wordsOf(reasoning: string, text: string): LanguageModelV4Content[] {
  return [
    ...(reasoning === "" ? [] : [{ type: "reasoning" as const, text: reasoning }]),
    ...(text === "" ? [] : [{ type: "text" as const, text }]),
  ];
}

function finish({ finishReason, toolCalls, usage, model }: ChatOutput): Finish {
  return {
    finishReason: { unified: unifiedReason(finishReason, toolCalls.length > 0), raw: finishReason },
    usage: usage === undefined ? NO_USAGE : toUsage(usage),
    providerMetadata: { flowith: { model } },
  };
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
