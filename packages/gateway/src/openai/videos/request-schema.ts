import * as v from "valibot";
import { givenPicture, modelId, pictureUrl, prompt, size } from "../fields.ts";

/** The form of a request for a clip. */
export const videoRequest = v.object({
  prompt,
  model: v.nullish(modelId),
  seconds: v.nullish(v.pipe(v.string(), v.regex(/^[1-9]\d{0,2}$/, "Seconds are a whole number"))),
  size,
  input_reference: v.nullish(givenPicture),
  "input_reference[image_url]": v.nullish(pictureUrl),
  "input_reference[file_id]": v.nullish(v.string()),
});
