import type {
  LanguageModelV4CallOptions,
  LanguageModelV4Content,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
  LanguageModelV4StreamResult,
} from "@ai-sdk/provider";
import type { TextPiece } from "@flowith-webapi/chat-bridge";
import { FlowithError } from "flowith-webapi";
import type { ChatChunk, ChatStream, DeveloperClient } from "flowith-webapi/developer";
import { asAiCall, toAiError } from "../errors.ts";
import { brokenAnswer } from "./broken-answer.ts";
import { type DeveloperCall, developerCall } from "./developer-call.ts";
import { finish, unfinished } from "./developer-finish.ts";
import { FAILED } from "./finish.ts";
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
      const text = textOf([...pieces.push(output.text), ...pieces.end()]);
      const calls = output.toolCalls.map(({ id, name, argumentsText }) => toolCall(name, argumentsText, id));
      const content = [...wordsOf(output.reasoning, text), ...calls];
      return { content, ...finish(output), warnings, response: { modelId: output.model, timestamp: new Date() } };
    } catch (error) {
      const broken = brokenAnswer(error, modelId);
      const partial = FlowithError.is(error) ? (error.partial ?? "") : "";
      const words = wordsOf(broken?.reasoning ?? "", textOf([...pieces.push(partial), ...pieces.cut()]));
      if (broken === undefined || (broken.needsWords && words.length === 0)) throw error;
      return { content: [...words, ...broken.calls], ...broken.finish, warnings };
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
  const words = function* (found: readonly TextPiece[]): Generator<LanguageModelV4StreamPart> {
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
    const broken = brokenAnswer(error, model);
    if (broken === undefined || (broken.needsWords && !open.hasOpened)) {
      yield { type: "error", error: toAiError(error, "chatStream") };
      yield { type: "finish", ...unfinished(FAILED, model) };
      return;
    }
    for (const call of broken.calls) yield* toolCallParts(call);
    yield { type: "finish", ...broken.finish };
  }
}

function textOf(pieces: readonly TextPiece[]): string {
  return pieces.map((piece) => (piece.type === "text" ? piece.text : "")).join("");
}

function wordsOf(reasoning: string, text: string): LanguageModelV4Content[] {
  return [
    ...(reasoning === "" ? [] : [{ type: "reasoning" as const, text: reasoning }]),
    ...(text === "" ? [] : [{ type: "text" as const, text }]),
  ];
}
