import type { Context } from "hono";
import { problemOf } from "../../errors.ts";
import type { GatewayEnv } from "../../gateway-env.ts";
import { jsonBody } from "../../http/json-body.ts";
import { type SseMessage, sseResponse } from "../../http/sse.ts";
import { workOf } from "../../http/work.ts";
import type { RouteParts } from "../../route-parts.ts";
import { answerHeaders } from "../answer-headers.ts";
import { fieldsOf } from "../setting-fields.ts";
import { otherTools } from "../tool-fields.ts";
import { chatOfResponse, settingFields } from "./chat-of-response.ts";
import { inputMessages } from "./input-messages.ts";
import type { KeptResponses } from "./kept-responses.ts";
import type { OutputEvent } from "./output-writer.ts";
import { responseRequest } from "./request-schema.ts";
import { type ResponseBody, startedResponse } from "./response-body.ts";
import { errorEvent, responseEvents } from "./response-events.ts";
import { wholeInput } from "./whole-input.ts";

/** `POST /v1/responses`, whole or as a stream. */
export function createResponse(
  { keepAliveMs, modelNames }: RouteParts,
  kept: KeptResponses,
): (context: Context<GatewayEnv>) => Promise<Response> {
  return async (context) => {
    const { value: given, unknownFields } = await jsonBody(context, responseRequest);
    const backend = context.get("backend");
    const account = context.get("accountKey");
    const items = wholeInput(given, account, kept);
    const work = workOf(context);
    const { ignored, events } = backend.chat(
      { ...chatOfResponse(given, inputMessages(items)), model: modelNames.idOf(given.model) },
      work.signal,
    );
    const names = [...unknownFields, ...fieldsOf(ignored, settingFields, given), ...otherTools(given.tools)];
    const headers = answerHeaders(backend, names);
    const isStored = given.store !== false && kept.isOn;
    const isStreamed = given.stream === true;
    const stream = responseEvents(startedResponse(given, isStored), events, {
      signal: work.signal,
      isStreamed,
      onFailure: (problem) => work.fail(problem),
    });
    const onEnd = (body: ResponseBody): void => {
      if (isStored) kept.put(account, { body, items: [...items, ...body.output] });
    };
    if (!isStreamed) {
      let body: ResponseBody | undefined;
      for await (const { response } of stream) body = response ?? body;
      if (body === undefined) throw new Error("A response ended without its last event.");
      onEnd(body);
      return context.json(body, 200, headers);
    }
    const number = numbers();
    return sseResponse(messagesOf(stream, number, onEnd), {
      headers,
      keepAliveMs,
      work,
      // Of what fails before the first event, but after comments that kept the stream alive.
      errorMessage: async (error) => messageOf(errorEvent(await problemOf(error)), number()),
    });
  };
}

async function* messagesOf(
  stream: ReturnType<typeof responseEvents>,
  number: () => number,
  onEnd: (body: ResponseBody) => void,
): AsyncGenerator<SseMessage, undefined> {
  for await (const event of stream) {
    const { status } = event.response ?? {};
    if (event.response !== undefined && (status === "completed" || status === "incomplete")) onEnd(event.response);
    yield messageOf(event, number());
  }
}

function messageOf(event: OutputEvent, sequenceNumber: number): SseMessage {
  return { event: event.type, data: JSON.stringify({ ...event, sequence_number: sequenceNumber }) };
}

/** Counts from 0. */
function numbers(): () => number {
  let next = 0;
  return () => next++;
}
