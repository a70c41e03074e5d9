import type { ServerResponse } from "node:http";
import * as v from "valibot";
import { refusal } from "../http/answers.ts";
import { readJson } from "../http/read-body.ts";
import { type Message, textOf } from "../model/message.ts";
import type { Answer } from "../model/text-model.ts";
import type { Connection } from "../streams/connection.ts";
import { endingFrame, textFrame } from "../streams/frame.ts";
import { checkModel } from "./admit-job.ts";
import { messagesSchema } from "./completion.ts";
import type { EdgeContext } from "./edge-context.ts";
import { prices } from "./models/catalogue.ts";

interface DirectBody {
  target_feature: string;
  model: string;
  messages: Message[];
}

const body: v.GenericSchema<unknown, DirectBody> = v.object({
  target_feature: v.optional(v.string(), "text_completion"),
  model: v.string(),
  messages: messagesSchema,
});

function write(context: EdgeContext, connection: Connection, answer: Answer): void {
  context.runner.start(async (jobClock) => {
    await jobClock.pause(answer.firstEventMs ?? context.settings.firstEventMs);
    const delayMs = answer.delayMs ?? context.settings.fragmentMs;
    for (const fragments of answer.fragments.slice(0, answer.fail?.afterEvents)) {
      if (connection.body.closed) return;
      connection.send(textFrame(fragments.join("")));
      await jobClock.pause(delayMs);
    }
    // nothing in a plain text body can say that it failed: it breaks off
    if (answer.fail === undefined) {
      connection.send(endingFrame("end"));
      return;
    }
    connection.send(endingFrame("cut"));
    if (connection.request.userId !== undefined) await context.credits.refund(connection.request.userId, prices.text);
  });
}

/** `POST /completion`: one request, the plain text as its streamed body, nothing kept on the canvas. */
export async function directCompletion(
  context: EdgeContext,
  userId: string,
  request: Request,
  outgoing: ServerResponse | undefined,
): Promise<Response> {
  const read = await readJson(body, request);
  if (!read.ok) return read.response;
  const { model, messages } = read.value;
  const unknown = checkModel(model, "text");
  if (unknown !== undefined) return unknown;
  if (!(await context.credits.charge(userId, prices.text))) {
    return refusal(402, "Insufficient credits", "insufficient_credits");
  }
  const answer = context.model.answer({ userId, model, messages });
  const connection = context.connections.open({ method: "POST", path: "/completion", userId }, outgoing);
  write(context, connection, answer);
  return new Response(connection.body.readable, { headers: { "content-type": "text/plain; charset=utf-8" } });
}

const titleBody: v.GenericSchema<unknown, { messages: Message[] }> = v.object({ messages: messagesSchema });

/** `POST /completion/conversation-title`: the first words of the first message. */
export async function conversationTitle(request: Request): Promise<Response> {
  const read = await readJson(titleBody, request);
  if (!read.ok) return read.response;
  const first = read.value.messages.find(({ role }) => role === "user") ?? read.value.messages[0];
  const words = (first === undefined ? "" : textOf(first)).match(/[\p{L}\p{N}'-]+/gu) ?? ["Conversation"];
  const title = words.slice(0, 6).join(" ");
  const text = `${title.charAt(0).toUpperCase()}${title.slice(1)}\n`;
  return new Response(text, { headers: { "content-type": "text/plain; charset=utf-8" } });
}
