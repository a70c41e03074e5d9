import { errorJson, errorResponse } from "../../errors/error-response.ts";
import { FlowithError } from "../../errors/flowith-error.ts";
import { defined } from "../../options/defined.ts";
import { delay } from "../../timing/delay.ts";
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
  omittedMessages?: number | undefined;
}

/** How long a failure may take to become a status; and how long nothing is said, which proxies and servers cut. */
const PATIENCE_MS = 5_000;

const COMMENT = ": \n\n";

/** `no-transform` and the last one keep `compression()` and nginx from collecting it until its end. */
const HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
};

type Chunks = ReadableStreamDefaultReader<GenerationChunk>;

/**
 * A stream of chunks as server-sent events, once the job is under way; a failure before that is a response with its own
 * status. Cancelling the response's body cancels the stream.
 * @param taken resolves when the service has taken the job
 */
export async function generationResponse(
  chunks: ReadableStream<GenerationChunk>,
  taken: Promise<unknown>,
): Promise<Response> {
  const reader = chunks.getReader();
  const first = reader.read();
  const patience = new AbortController();
  try {
    await Promise.race([first, taken, delay(PATIENCE_MS, patience.signal)]);
  } catch (error) {
    return errorResponse(error);
  } finally {
    patience.abort();
  }
  return new Response(eventStream(reader, first), { headers: HEADERS });
}

function eventStream(reader: Chunks, first: ReturnType<Chunks["read"]>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let next: ReturnType<Chunks["read"]> | undefined = first;
  // It may fail before somebody reads it.
  first.catch(() => undefined);
  let isFirst = true;
  let isCancelled = false;
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(encoder.encode(COMMENT)),
      async pull(controller) {
        const say = (line: string): void => {
          if (!isCancelled) controller.enqueue(encoder.encode(line));
        };
        // While somebody waits for what comes; a comment that nobody has taken yet will do for those after it.
        const beat = setInterval(() => {
          if ((controller.desiredSize ?? 0) >= 0) say(COMMENT);
        }, PATIENCE_MS);
        try {
          const step = await (next ?? reader.read());
          next = undefined;
          if (!step.done) {
            say(eventOf(chunkEvent(step.value, isFirst)));
            isFirst = false;
          } else if (!isCancelled) controller.close();
        } catch (error) {
          // The status went out long ago: what failed is said in the stream.
          say(eventOf({ error: errorEvent(error) }));
          if (!isCancelled) controller.close();
        } finally {
          clearInterval(beat);
        }
      },
      cancel(reason) {
        isCancelled = true;
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

function eventOf(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

function chunkEvent(chunk: GenerationChunk, isFirst: boolean): ChunkEvent {
  const { textDelta, reasoningDelta, text, reasoning, nodeId, convId, model, isFinal, isRevised, omittedMessages } =
    chunk;
  const isWhole = isFinal || isRevised;
  return {
    textDelta,
    ...(reasoningDelta === "" ? {} : { reasoningDelta }),
    ...(isWhole ? { text, reasoning } : {}),
    ...(isFirst || isFinal ? { nodeId, convId, model } : {}),
    ...(isFinal ? { isFinal } : {}),
    ...(isRevised ? { isRevised } : {}),
    ...defined({ omittedMessages }),
  };
}

/** With what had come, and what finds the job again; whose it is, is no business of whoever reads it. */
function errorEvent(error: unknown): Record<string, unknown> {
  if (!FlowithError.is(error)) return errorJson(error);
  const { partial, handle } = error;
  if (handle === undefined) return { ...error.toJSON(), partial };
  const { v, kind, nodeId, userNodeId, convId, model, createdAtMs } = handle;
  return { ...error.toJSON(), partial, handle: { v, kind, nodeId, userNodeId, convId, model, createdAtMs } };
}
