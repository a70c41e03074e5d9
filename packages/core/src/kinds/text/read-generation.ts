import { createParser } from "eventsource-parser";
import * as v from "valibot";
import { FlowithError } from "../../errors/flowith-error.ts";
import { StreamTruncatedError } from "../../errors/stream-truncated-error.ts";
import { responseError } from "../../http/response-error.ts";
import { jsonObject } from "../../wire/node-data.ts";
import { isRecord, parseAnswer } from "../../wire/parse.ts";
import type { ChunkEvent } from "./generation-response.ts";
import type { GenerationChunk } from "./text-output.ts";

const WHAT = "readGeneration";

const chunkSchema: v.GenericSchema<unknown, ChunkEvent> = v.looseObject({
  textDelta: v.string(),
  reasoningDelta: v.optional(v.string()),
  text: v.optional(v.string()),
  reasoning: v.optional(v.string()),
  nodeId: v.optional(v.string()),
  convId: v.optional(v.string()),
  model: v.optional(v.string()),
  isFinal: v.optional(v.boolean()),
  isRevised: v.optional(v.boolean()),
});

/**
 * The other half of `stream.toResponse()`: the chunks again, in the page that fetched the response. Leaving the loop
 * cancels the response.
 * @throws APIError and its like for a refused response; a FlowithError with the sender's `code` where the generation
 * failed there; StreamTruncatedError where the response ends before the final chunk
 * @example
 * const response = flowith.generateStream("Write a haiku.").toResponse(); // or: await fetch("/haiku")
 * for await (const chunk of readGeneration(response)) console.log(chunk.textDelta);
 */
export async function* readGeneration(response: Response): AsyncGenerator<GenerationChunk, undefined> {
  if (!response.ok) {
    const { status, headers } = response;
    throw responseError({ kind: "edge", label: WHAT, status, headers, text: await response.text() });
  }
  const events: string[] = [];
  const parser = createParser({ onEvent: ({ data }) => void events.push(data) });
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  let last: GenerationChunk = {
    text: "",
    textDelta: "",
    reasoning: "",
    reasoningDelta: "",
    nodeId: "",
    convId: "",
    model: "",
    isFinal: false,
    isRevised: false,
  };
  try {
    for (let isOpen = true; isOpen; ) {
      const step = await reader?.read().catch((cause: unknown) => truncated(last, cause));
      isOpen = step !== undefined && !step.done;
      parser.feed(step?.value === undefined ? `${decoder.decode()}\n\n` : decoder.decode(step.value, { stream: true }));
      for (const data of events.splice(0)) {
        last = nextChunk(last, jsonObject(data));
        yield last;
        if (last.isFinal) return undefined;
      }
    }
    return truncated(last, undefined);
  } finally {
    await reader?.cancel().catch(() => undefined);
  }
}

function truncated(last: GenerationChunk, cause: unknown): never {
  const message = "The response ended before the final chunk. Read error.partial, or generate again.";
  throw new StreamTruncatedError(message, { partial: last.text, cause });
}

function nextChunk(last: GenerationChunk, event: Record<string, unknown> | undefined): GenerationChunk {
  if (isRecord(event?.error)) throw remoteError(event.error, last.text);
  const { textDelta, reasoningDelta = "", ...rest } = parseAnswer(chunkSchema, event, WHAT);
  return {
    text: rest.text ?? last.text + textDelta,
    textDelta,
    reasoning: rest.reasoning ?? last.reasoning + reasoningDelta,
    reasoningDelta,
    nodeId: rest.nodeId ?? last.nodeId,
    convId: rest.convId ?? last.convId,
    model: rest.model ?? last.model,
    isFinal: rest.isFinal ?? false,
    isRevised: rest.isRevised ?? false,
  };
}

/** The sender's error, as far as it could be sent: its class is not known here, its code is. */
function remoteError(error: Record<string, unknown>, partial: string): FlowithError {
  const { code, message, isRetryable } = error;
  return new FlowithError(typeof message === "string" ? message : "The generation failed.", {
    code: typeof code === "string" ? code : "unknown",
    isRetryable: isRetryable === true,
    partial,
  });
}
