import * as v from "valibot";
import { invalid, json } from "../http/answers.ts";
import { readJson } from "../http/read-body.ts";
import { startMediaJob } from "../jobs/media-job.ts";
import { mediaFileName } from "../media/file-name.ts";
import { drawPicture } from "../media/picture.ts";
import { pictureSize } from "../media/picture-size.ts";
import { type Message, textOf } from "../model/message.ts";
import { takeReferences } from "../model/references.ts";
import { admitJob } from "./admit-job.ts";
import { messagesSchema, uuid } from "./completion.ts";
import type { EdgeContext } from "./edge-context.ts";

interface ImageBody {
  model: string;
  nodeId: string;
  convId: string;
  messages: Message[];
  aspect_ratio: string;
  image_size: string;
}

const body: v.GenericSchema<unknown, ImageBody> = v.object({
  model: v.string(),
  nodeId: uuid,
  convId: uuid,
  messages: messagesSchema,
  aspect_ratio: v.optional(v.string(), "1:1"),
  image_size: v.optional(v.string(), "512"),
});

/** `POST /image_gen/async`: answers at once; the address of the picture comes as an event on both channels. */
export async function imageAsync(context: EdgeContext, userId: string, request: Request): Promise<Response> {
  const read = await readJson(body, request);
  if (!read.ok) return read.response;
  const { model, nodeId, convId, messages, aspect_ratio, image_size } = read.value;
  const size = pictureSize(aspect_ratio, image_size);
  if (size === undefined) {
    const msg = `No picture can be made of aspect_ratio "${aspect_ratio}" and image_size "${image_size}"`;
    return invalid([{ loc: ["body", "aspect_ratio"], msg, type: "value_error" }]);
  }
  const admission = await admitJob(context, { userId, nodeId, convId, model, media: "image", rowId: nodeId });
  if (!admission.ok) return admission.response;
  const last = messages.at(-1);
  const prompt = last === undefined ? "" : takeReferences(textOf(last)).text;
  const script = context.model.scriptFor(userId, prompt);
  startMediaJob(context, admission.job, {
    taskType: "image_generation",
    durationMs: script?.firstEventMs ?? context.settings.imageMs,
    fail: script?.fail,
    make: async () => ({
      name: mediaFileName(prompt, "png", `@${size.width}x${size.height}`),
      contentType: "image/png",
      bytes: drawPicture(prompt, size),
    }),
  });
  return json({ status: "processing", nodeId });
}
