import { createParser } from "eventsource-parser";
import * as v from "valibot";
import { textParts } from "../../bytes/text-parts.ts";
import { webBody } from "../../bytes/web-body.ts";
import { bareCode } from "../../errors/error-code.ts";
import { FlowithError } from "../../errors/flowith-error.ts";
import { InvalidArgumentError } from "../../errors/invalid-argument-error.ts";
import { rebuiltError } from "../../errors/rebuilt-error.ts";
import type { ResponseShapeError } from "../../errors/response-shape-error.ts";
import { StreamTruncatedError } from "../../errors/stream-truncated-error.ts";
import { parsedBody, responseError } from "../../http/response-error.ts";
import { defined } from "../../options/defined.ts";
import { signal as signalSchema } from "../../options/option-values.ts";
import { checkAgainst } from "../../options/options-check.ts";
import { isMarkup, markupWords } from "../../text/markup.ts";
import { abortReason } from "../../timing/abort.ts";
import { withSignal } from "../../timing/with-signal.ts";
import { jsonObject } from "../../wire/node-data.ts";
import { isRecord, otherKind, parseAnswer } from "../../wire/parse.ts";
import type { ChunkEvent } from "./generation-response.ts";
import type { GenerationChunk } from "./text-output.ts";

const WHAT = "readGeneration: the response";

const optionsSchema = v.strictObject({ signal: v.optional(signalSchema) });

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
  omittedMessages: v.optional(v.number()),
});

const NOTHING: GenerationChunk = {
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

/**
 * The other half of `stream.toResponse()`: the chunks again, in the page that fetched the response. Leaving the loop
 * cancels the response.
 * @param response or the promise of one, whose own failure is thrown as it is
 * @param options `signal` ends the reading; the signal that `fetch` was given will do as well
 * @throws the sender's error in its own class, whether it came as a status or in the stream, without headers and body,
 * and its handle without a `userId`; APIError and its like for another refusal; ResponseShapeError where it is no such
 * stream; StreamTruncatedError where it ends before the final chunk; `signal.reason`, or the `AbortError` of `fetch`
 * @example
 * const response = flowith.generateStream("Write a haiku.").toResponse(); // or: fetch("/haiku")
 * for await (const chunk of readGeneration(response)) console.log(chunk.textDelta);
 */
export async function* readGeneration(
  response: Response | PromiseLike<Response>,
  options: { signal?: AbortSignal | undefined } = {},
): AsyncGenerator<GenerationChunk, undefined> {
  checkAgainst("readGeneration", optionsSchema, options);
  const { signal } = options;
  const answer: unknown = await withSignal(Promise.resolve(response), signal);
  if (!isResponse(answer)) throw new InvalidArgumentError("readGeneration: expected a Response.");
  if (answer.bodyUsed || answer.body?.locked)
    throw new InvalidArgumentError("readGeneration: the response was read already.");
  let last = NOTHING;
  const lost = (cause: unknown): never => {
    if (signal?.aborted) throw abortReason(signal);
    if (isRecord(cause) && cause.name === "AbortError") throw cause;
    return truncated(last, cause);
  };
  if (!answer.ok || !mayBeEvents(answer.headers)) {
    throw await withSignal(answer.text(), signal).then((text) => otherAnswer(answer, text), lost);
  }
  const events: string[] = [];
  const parser = createParser({ onEvent: ({ data }) => void events.push(data) });
  const chunksOf = function* (text: string, isEnd = false): Generator<GenerationChunk, void> {
    parser.feed(text);
    for (const data of events.splice(0)) {
      const event = jsonObject(data);
      // The end has come in the middle of an event.
      if (event === undefined && isEnd) return;
      last = nextChunk(last, event);
      yield last;
      if (last.isFinal) return;
    }
  };
  let beginning = "";
  for await (const text of textParts(webBody(answer, WHAT), signal, lost)) {
    if (last === NOTHING && beginning.length < 1_000) beginning += text;
    yield* chunksOf(text);
    if (last.isFinal) return undefined;
  }
  yield* chunksOf("\n\n", true);
  if (last.isFinal) return undefined;
  if (last === NOTHING && isNoStream(beginning)) throw noStream(beginning);
  return truncated(last, undefined);
}

/** By its shape: a page's `fetch` and another realm's have classes of their own. */
function isResponse(value: unknown): value is Response {
  return (
    isRecord(value) && typeof value.ok === "boolean" && typeof value.text === "function" && isRecord(value.headers)
  );
}

/** A relay may have dropped the type; one of something else was meant. */
function mayBeEvents(headers: Headers): boolean {
  return !/\b(json|html|xml)\b/i.test(headers.get("content-type") ?? "");
}

/** Comments and events have a colon in their first line that is not empty. */
function isNoStream(beginning: string): boolean {
  const [line = ""] = beginning.trimStart().split(/[\r\n]/, 1);
  return line !== "" && !/^(data|event|id|retry)?:/.test(line);
}

function noStream(text: string): ResponseShapeError {
  const kind = isMarkup(text) ? markupWords(text) : "text that is no event stream";
  return otherKind(`${WHAT} holds`, kind, "the events of toResponse() were", text);
}

/** The sender's error where it is one; else what a server on the way says, in whose words nothing is known of a token. */
function otherAnswer({ ok, status, headers }: Response, text: string): FlowithError {
  const body = parsedBody(text);
  const sent = rebuiltError(body);
  if (sent !== undefined) return sent;
  if (ok) return noStream(text);
  return responseError({ kind: "edge", label: WHAT, status, headers, text, isForeign: true });
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
    ...defined({ omittedMessages: rest.omittedMessages }),
  };
}

/** The sender's error; where it is of no class of ours, what it is said to be, with all that was sent as its cause. */
function remoteError(error: Record<string, unknown>, partial: string): FlowithError {
  const { code, message } = error;
  return (
    rebuiltError({ partial, ...error }) ??
    new FlowithError(typeof message === "string" ? message : "The generation failed.", {
      code: bareCode(code),
      isRetryable: error.isRetryable === true,
      partial,
      cause: error,
    })
  );
}
