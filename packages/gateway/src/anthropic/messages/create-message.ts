import type { Context } from "hono";
import { stopAt } from "../../backend/stop-sequences.ts";
import { problemOf } from "../../errors.ts";
import type { GatewayEnv } from "../../gateway-env.ts";
import { ignoredHeader } from "../../http/ignored.ts";
import { jsonBody } from "../../http/json-body.ts";
import { sseResponse } from "../../http/sse.ts";
import { workOf } from "../../http/work.ts";
import type { RouteParts } from "../../route-parts.ts";
import { anthropic } from "../surface.ts";
import { chatRequest, ignoredNames, showsThinking } from "./chat-request.ts";
import { type MessageHead, wholeMessage } from "./message.ts";
import { messageStream } from "./message-stream.ts";
import { messageRequest } from "./request-schema.ts";
import { type KeptThreads, threadKept, wholeRequest } from "./threads.ts";

const USAGE_UNKNOWN = { "x-flowith-usage": "unknown" };

/** `POST /v1/messages`, whole or as a stream. */
export function createMessage(
  { keepAliveMs, modelNames }: RouteParts,
  threads: KeptThreads,
): (context: Context<GatewayEnv>) => Promise<Response> {
  return async (context) => {
    const { value, unknownFields } = await jsonBody(context, messageRequest);
    const account = context.get("accountKey");
    const given = wholeRequest(value, account, threads);
    const backend = context.get("backend");
    const work = workOf(context);
    const model = modelNames.idOf(given.model);
    const chat = backend.chat(chatRequest(given, model), work.signal);
    const sequences = given.stop_sequences ?? [];
    const stopped =
      sequences.length === 0
        ? chat.events
        : stopAt(chat.events, { sequences, model, waitsForEnd: backend.reportsUsage });
    const headers = ignoredHeader([...unknownFields, ...ignoredNames(given, chat.ignored)]);
    const head: MessageHead = {
      id: `msg_${crypto.randomUUID().replaceAll("-", "")}`,
      model,
      showsThinking: showsThinking(given),
    };
    const events = given.thread
      ? threadKept(stopped, given, (thread) => threads.put(account, head.id, thread))
      : stopped;
    if (given.stream !== true) {
      const { message, isUsageKnown } = await wholeMessage(head, events);
      return context.json(message, 200, { ...headers, ...(isUsageKnown ? {} : USAGE_UNKNOWN) });
    }
    const requestId = context.get("requestId");
    return sseResponse(messageStream(head, events), {
      headers: { ...headers, ...(backend.reportsUsage ? {} : USAGE_UNKNOWN) },
      keepAliveMs,
      keepAlive: { event: "ping", data: '{"type":"ping"}' },
      work,
      errorMessage: async (error) => anthropic.errorMessage(await problemOf(error), requestId),
    });
  };
}
