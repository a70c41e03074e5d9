import { FlowithError } from "../../errors/flowith-error.ts";
import type { GenerationChunk } from "./text-output.ts";

/**
 * What a chunk is on the wire of `toResponse()`: its deltas, since a cumulative text in every event would be quadratic;
 * and the whole text where it counts, in the final or a revised one. Ids come with the first event and the final one.
 */
export interface ChunkEvent {
  textDelta: string;
  reasoningDelta?: string | undefined;
  text?: string | undefined;
  reasoning?: string | undefined;
  nodeId?: string | undefined;
  convId?: string | undefined;
  model?: string | undefined;
  isFinal?: boolean | undefined;
  isRevised?: boolean | undefined;
}

/** A stream of chunks as server-sent events. Cancelling the response's body cancels the stream. */
export function generationResponse(chunks: ReadableStream<GenerationChunk>): Response {
  const reader = chunks.getReader();
  const encoder = new TextEncoder();
  let isFirst = true;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const step = await reader.read();
          if (step.done) {
            controller.close();
            return;
          }
          controller.enqueue(encoder.encode(`data: ${JSON.stringify(chunkEvent(step.value, isFirst))}\n\n`));
          isFirst = false;
        } catch (error) {
          // The status went out long ago: what failed is said in the stream.
          controller.enqueue(encoder.encode(`data: ${JSON.stringify({ error: errorEvent(error) })}\n\n`));
          controller.close();
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" },
  });
}

function chunkEvent(chunk: GenerationChunk, isFirst: boolean): ChunkEvent {
  const { textDelta, reasoningDelta, text, reasoning, nodeId, convId, model, isFinal, isRevised } = chunk;
  const isWhole = isFinal || isRevised;
  return {
    textDelta,
    ...(reasoningDelta === "" ? {} : { reasoningDelta }),
    ...(isWhole ? { text, reasoning } : {}),
    ...(isFirst || isFinal ? { nodeId, convId, model } : {}),
    ...(isFinal ? { isFinal } : {}),
    ...(isRevised ? { isRevised } : {}),
  };
}

function errorEvent(error: unknown): Record<string, unknown> {
  if (FlowithError.is(error)) return { ...error.toJSON(), partial: error.partial, handle: error.handle };
  return { name: "Error", code: "unknown", message: error instanceof Error ? error.message : String(error) };
}
