import type { Context } from "hono";
import { problemOf } from "../../errors.ts";
import type { GatewayEnv } from "../../gateway-env.ts";
import { jsonBody } from "../../http/json-body.ts";
import { sseResponse } from "../../http/sse.ts";
import { workOf } from "../../http/work.ts";
import type { RouteParts } from "../../route-parts.ts";
import { answerHeaders } from "../answer-headers.ts";
import { fieldsOf } from "../setting-fields.ts";
import { openai } from "../surface.ts";
import { otherTools } from "../tool-fields.ts";
import { chatRequest, settingFields } from "./chat-request.ts";
import { chunkMessages } from "./chunks.ts";
import { completion } from "./completion.ts";
import type { AnswerHead } from "./head.ts";
import { chatCompletionRequest } from "./request-schema.ts";

/** `POST /v1/chat/completions`, whole or as a stream. */
export function chatCompletions({
  keepAliveMs,
  modelNames,
}: RouteParts): (context: Context<GatewayEnv>) => Promise<Response> {
  return async (context) => {
    const { value: given, unknownFields } = await jsonBody(context, chatCompletionRequest);
    const backend = context.get("backend");
    const work = workOf(context);
    const model = modelNames.idOf(given.model);
    const { ignored, events } = backend.chat({ ...chatRequest(given), model }, work.signal);
    const names = [...unknownFields, ...fieldsOf(ignored, settingFields, given), ...otherTools(given.tools)];
    const headers = answerHeaders(backend, names);
    const head: AnswerHead = {
      id: `chatcmpl-${crypto.randomUUID()}`,
      created: Math.floor(Date.now() / 1000),
      model,
    };
    if (given.stream !== true) return context.json(await completion(head, events), 200, headers);
    const messages = chunkMessages(head, events, given.stream_options?.include_usage === true);
    const requestId = context.get("requestId");
    return sseResponse(messages, {
      headers,
      keepAliveMs,
      work,
      errorMessage: async (error) => openai.errorMessage(await problemOf(error), requestId),
    });
  };
}
