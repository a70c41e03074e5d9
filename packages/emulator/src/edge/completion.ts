import * as v from "valibot";
import { json } from "../http/answers.ts";
import { readJson } from "../http/read-body.ts";
import { startTextJob } from "../jobs/text-job.ts";
import { type Message, messageSchema } from "../model/message.ts";
import { admitJob } from "./admit-job.ts";
import type { EdgeContext } from "./edge-context.ts";

interface CompletionBody {
  model: string;
  messages: Message[];
  nodeId: string;
  convId: string;
  stream?: boolean | undefined;
}

export const uuid: v.GenericSchema<unknown, string> = v.pipe(v.string(), v.uuid());

export const messagesSchema: v.GenericSchema<unknown, Message[]> = v.pipe(v.array(messageSchema), v.minLength(1));

const body: v.GenericSchema<unknown, CompletionBody> = v.object({
  model: v.string(),
  messages: messagesSchema,
  nodeId: uuid,
  convId: uuid,
  stream: v.optional(v.boolean()),
});

/** `POST /completion/async`: answers at once; the text comes down the user's event stream. */
export async function completionAsync(context: EdgeContext, userId: string, request: Request): Promise<Response> {
  const read = await readJson(body, request);
  if (!read.ok) return read.response;
  const { model, messages, nodeId, convId } = read.value;
  const admission = await admitJob(context, { userId, nodeId, convId, model, media: "text", rowId: nodeId });
  if (!admission.ok) return admission.response;
  startTextJob(context, admission.job, messages);
  return json({ status: "processing", nodeId, convId });
}
