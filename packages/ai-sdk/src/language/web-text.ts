import type {
  JSONObject,
  LanguageModelV4CallOptions,
  LanguageModelV4Content,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
  LanguageModelV4StreamResult,
} from "@ai-sdk/provider";
import type { StoredFiles, TextPiece } from "@flowith-webapi/chat-bridge";
import { type FlowithClient, type GenerationChunk, StreamTruncatedError } from "flowith-webapi";
import { asAiCall, toAiError } from "../errors.ts";
import { bridgeCall } from "./bridge-call.ts";
import { FAILED, type Finish, INTERRUPTED, NO_USAGE } from "./finish.ts";
import { OpenParts } from "./open-parts.ts";
import { partsStream } from "./parts-stream.ts";
import { toolCallParts } from "./tool-call.ts";
import { type WebCall, webCall } from "./web-call.ts";

/** A model by the web app's sign-in. */
export interface WebModel {
  client: FlowithClient;
  files: StoredFiles;
  modelId: string;
  toolBridge: boolean;
}

export async function webGenerate(
  model: WebModel,
  options: LanguageModelV4CallOptions,
): Promise<LanguageModelV4GenerateResult> {
  return asAiCall("generate", async () => {
    const { prompt, options: request, warnings, pieces } = await webCall(model.modelId, options, model);
    try {
      const output = await model.client.generate(prompt, request);
      const content = contentOf(output.reasoning, [...pieces.push(output.text), ...pieces.end()], output);
      const { nodeId: id, model: modelId } = output;
      return {
        content,
        ...finish(output, pieces.hasCalled),
        warnings,
        response: { id, modelId, timestamp: new Date() },
      };
    } catch (error) {
      if (!StreamTruncatedError.is(error) || !error.partial) throw error;
      const content = contentOf("", [...pieces.push(error.partial), ...pieces.cut()], error.handle);
      if (content.length === 0) throw error;
      return { content, ...finish(error.handle, false), finishReason: INTERRUPTED, warnings };
    }
  });
}

export async function webStream(
  model: WebModel,
  options: LanguageModelV4CallOptions,
): Promise<LanguageModelV4StreamResult> {
  return asAiCall("generateStream", async () => {
    const call = await webCall(model.modelId, options, model);
    const stream = model.client.generateStream(call.prompt, call.options);
    const chunks = stream[Symbol.asyncIterator]();
    // What fails before a word is there fails the call, and not a stream that has begun.
    const first = await chunks.next();
    return { stream: partsStream(streamParts(call, options, first, chunks), () => stream.cancel()) };
  });
}

async function* streamParts(
  { warnings, pieces }: WebCall,
  { abortSignal, includeRawChunks }: LanguageModelV4CallOptions,
  first: IteratorResult<GenerationChunk>,
  chunks: AsyncIterator<GenerationChunk>,
): AsyncGenerator<LanguageModelV4StreamPart, undefined> {
  yield { type: "stream-start", warnings };
  const open = new OpenParts();
  let last: GenerationChunk | undefined;
  let revisedText: string | undefined;
  try {
    for (let result = first; result.done !== true; result = await chunks.next()) {
      const { value: chunk } = result;
      if (last === undefined)
        yield { type: "response-metadata", id: chunk.nodeId, modelId: chunk.model, timestamp: new Date() };
      last = chunk;
      if (includeRawChunks) yield { type: "raw", rawValue: chunk };
      yield* open.delta("reasoning", chunk.reasoningDelta);
      yield* pieceParts(open, pieces.push(chunk.textDelta), chunk);
      // What is said cannot be taken back in this protocol.
      if (chunk.isRevised) revisedText = chunk.text;
    }
    yield* pieceParts(open, pieces.end(), last);
    yield* open.close();
    yield { type: "finish", ...finish(last, pieces.hasCalled, revisedText) };
  } catch (error) {
    if (abortSignal?.aborted) throw error;
    yield* pieceParts(open, pieces.cut(), last);
    yield* open.close();
    // One that broke off before its first word is no answer.
    const isCut = StreamTruncatedError.is(error) && (open.hasOpened || pieces.hasCalled);
    if (!isCut) yield { type: "error", error: toAiError(error, "generateStream") };
    yield { type: "finish", ...finish(last, false), finishReason: isCut ? INTERRUPTED : FAILED };
  }
}

function* pieceParts(
  open: OpenParts,
  pieces: readonly TextPiece[],
  place: Place | undefined,
): Generator<LanguageModelV4StreamPart> {
  for (const piece of pieces) {
    if (piece.type === "text") yield* open.delta("text", piece.text);
    else {
      yield* open.close();
      yield* toolCallParts(bridgeCall(piece, place));
    }
  }
}

function contentOf(
  reasoning: string,
  pieces: readonly TextPiece[],
  place: Place | undefined,
): LanguageModelV4Content[] {
  const content: LanguageModelV4Content[] = reasoning === "" ? [] : [{ type: "reasoning", text: reasoning }];
  for (const piece of pieces) {
    const before = content.at(-1);
    if (piece.type === "call") content.push(bridgeCall(piece, place));
    else if (before?.type === "text") before.text += piece.text;
    else if (piece.text !== "") content.push({ type: "text", text: piece.text });
  }
  return content;
}

/** What of an answer says where it stands. */
interface Place {
  nodeId: string;
  convId: string;
  model: string;
  omittedMessages?: number | undefined;
}

function finish(place: Place | undefined, hasCalled: boolean, revisedText?: string): Finish {
  const { nodeId, convId, model, omittedMessages } = place ?? {};
  const known = Object.entries({ nodeId, convId, model, omittedMessages, revisedText });
  const flowith: JSONObject = Object.fromEntries(known.filter(([, value]) => value !== undefined && value !== ""));
  const unified = hasCalled ? "tool-calls" : "stop";
  return { finishReason: { unified, raw: "complete" }, usage: NO_USAGE, providerMetadata: { flowith } };
}
