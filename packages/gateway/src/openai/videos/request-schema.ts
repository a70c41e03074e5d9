import * as v from "valibot";
import { givenPicture, modelId, pictureUrl, prompt, size } from "../fields.ts";

const seconds = v.pipe(v.string(), v.regex(/^[1-9]\d{0,2}$/, "Seconds are a whole number"));

/** The same as JSON: a reference is an object there, and seconds may be a number. */
export const videoJsonRequest = v.object({
  prompt,
  model: v.nullish(modelId),
  seconds: v.nullish(v.pipe(v.union([v.string(), v.number()]), v.transform(String), seconds)),
  size,
  input_reference: v.nullish(
    v.union(
      [v.object({ image_url: pictureUrl }), v.object({ file_id: v.string() })],
      "input_reference has an image_url, which is an http:, https: or data: URL, or a file_id",
    ),
  ),
});

/** The form of a request for a clip. */
export const videoRequest = v.object({
  prompt,
  model: v.nullish(modelId),
  seconds: v.nullish(seconds),
  size,
  input_reference: v.nullish(givenPicture),
  "input_reference[image_url]": v.nullish(pictureUrl),
  "input_reference[file_id]": v.nullish(v.string()),
});
