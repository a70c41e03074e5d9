import * as v from "valibot";
import { invalid, json, refusal } from "../../http/answers.ts";
import { readJson } from "../../http/read-body.ts";
import { mediaFileName } from "../../media/file-name.ts";
import { drawPicture } from "../../media/picture.ts";
import { pictureSize } from "../../media/picture-size.ts";
import { checkModel } from "../admit-job.ts";
import type { EdgeContext } from "../edge-context.ts";
import { chargeDeveloper, developerPrices, refundDeveloper } from "./developer-credits.ts";

interface ImageBody {
  model: string;
  prompt: string;
  aspect_ratio: string;
  image_urls: string[];
}

const body: v.GenericSchema<unknown, ImageBody> = v.object({
  model: v.string(),
  prompt: v.pipe(v.string(), v.minLength(1)),
  aspect_ratio: v.optional(v.string(), "1:1"),
  image_urls: v.optional(v.array(v.pipe(v.string(), v.url())), []),
});

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** `POST /external/use/image/generate`: answers when the picture is there. */
export async function generateImage(context: EdgeContext, userId: string, request: Request): Promise<Response> {
  const read = await readJson(body, request);
  if (!read.ok) return read.response;
  const { model, prompt, aspect_ratio } = read.value;
  const unknown = checkModel(model, "image");
  if (unknown !== undefined) return unknown;
  const size = pictureSize(aspect_ratio, "512");
  if (size === undefined) {
    const msg = `No picture can be made of aspect_ratio "${aspect_ratio}"`;
    return invalid([{ loc: ["body", "aspect_ratio"], msg, type: "value_error" }]);
  }
  const unpaid = await chargeDeveloper(context, userId, "image");
  if (unpaid !== undefined) return unpaid;
  const script = context.model.scriptFor(userId, prompt);
  await wait(script?.firstEventMs ?? context.settings.imageMs);
  if (script?.fail !== undefined) {
    await refundDeveloper(context, userId, "image");
    return refusal(500, script.fail.message ?? "The picture could not be made", script.fail.reason);
  }
  if (script?.isEmpty === true) return json({ success: true, data: {}, cost: developerPrices.image });
  const url = context.files.put({
    name: mediaFileName(prompt, "png", `@${size.width}x${size.height}`),
    contentType: "image/png",
    bytes: drawPicture(prompt, size),
    ownerId: userId,
  });
  return json({ success: true, data: { url }, cost: developerPrices.image });
}
