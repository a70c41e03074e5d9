import type { ChatEvent } from "../../backend/chat.ts";
import { collectChat } from "../../backend/collect-chat.ts";
import { GatewayError } from "../../errors.ts";
import type { KeptAnswers } from "../../kept-answers.ts";
import type { GivenMessage } from "./content-schema.ts";
import { toolInput } from "./message.ts";
import type { MessageRequest } from "./request-schema.ts";

/** What a thread keeps beside its messages, and takes from no later request. */
const OF_THREAD = ["system", "tools"] as const;

/** A conversation up to one of its answers, by whose id it is found. */
export type Thread = Pick<MessageRequest, "messages" | (typeof OF_THREAD)[number]>;

export type KeptThreads = KeptAnswers<Thread>;

/**
 * A request with all that came before it, where it goes on with a thread.
 * @throws GatewayError 404 for a thread that is not kept, which tells the client to send all messages; 400 where none is kept
 */
export function wholeRequest(given: MessageRequest, account: string, kept: KeptThreads): MessageRequest {
  const { thread } = given;
  if (!thread) return given;
  if (!kept.isOn) {
    const message = "thread: this gateway keeps no threads. Send all messages, without thread.";
    throw new GatewayError({
      status: 400,
      code: "invalid_request",
      message,
      param: "thread",
      details: { error_code: "thread_unsupported_request", unsupported: [] },
    });
  }
  if (thread.type === "create") return given;
  const repeated = OF_THREAD.find((field) => (given[field] ?? null) !== null);
  if (repeated !== undefined) {
    const message = `${repeated}: a thread keeps the one that it began with. Leave it out, or begin a new thread.`;
    throw new GatewayError({ status: 400, code: "invalid_request", message, param: repeated });
  }
  const before = kept.get(account, thread.previous_message_id);
  if (before === undefined) throw unknownThread(thread.previous_message_id);
  return { ...given, ...before, messages: [...before.messages, ...given.messages] };
}

/** The events as they come. With the last, before it is told, the thread is kept under the answer's id. */
export async function* threadKept(
  events: AsyncIterable<ChatEvent>,
  { system, tools, messages }: MessageRequest,
  keep: (thread: Thread) => void,
): AsyncGenerator<ChatEvent, undefined> {
  const told: ChatEvent[] = [];
  for await (const event of events) {
    told.push(event);
    if (event.type === "finish") keep({ system, tools, messages: [...messages, await answerOf(told)] });
    yield event;
  }
}

async function answerOf(events: readonly ChatEvent[]): Promise<GivenMessage> {
  const { text, toolCalls } = await collectChat(events);
  return {
    role: "assistant",
    content: [
      ...(text === "" ? [] : [{ type: "text" as const, text }]),
      ...toolCalls.map(({ id, name, argumentsText }) => ({
        type: "tool_use" as const,
        id,
        name,
        input: toolInput(argumentsText),
      })),
    ],
  };
}

function unknownThread(id: string): GatewayError {
  const message = `thread: the message ${JSON.stringify(id.slice(0, 100))} is not kept here: only the latest are, in this gateway's memory, for the API key that asked. Send all messages, with thread: {"type": "create"}.`;
  return new GatewayError({
    status: 404,
    code: "thread_not_found",
    message,
    param: "thread",
    details: { error_code: "thread_not_found" },
  });
}
