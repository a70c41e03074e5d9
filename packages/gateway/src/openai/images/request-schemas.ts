import * as v from "valibot";
import { givenPicture, modelId, pictureUrl, prompt, size } from "../fields.ts";

const most = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10, "At most 10 pictures a request"));
const responseFormat = v.nullish(v.picklist(["url", "b64_json"], "response_format is url or b64_json"));
/** What forms have for a number and a truth. */
const numeric = v.pipe(v.string(), v.regex(/^\d+$/, "A whole number"), v.transform(Number));
const truth = v.pipe(
  v.picklist(["true", "false"]),
  v.transform((value) => value === "true"),
);

const shared = { prompt, model: v.nullish(modelId), size, response_format: responseFormat };

const json = { ...shared, n: v.nullish(most), stream: v.nullish(v.boolean()) };
const mask = v.nullish(v.never("Flowith takes no mask. Say in the prompt which part of the picture is to change"));

/** The fields of a request for pictures that are understood. */
export const generationRequest = v.object(json);

/** A request for pictures made of others, as JSON. */
export const editJsonRequest = v.object({
  ...json,
  images: v.pipe(
    v.array(
      v.union(
        [v.object({ image_url: pictureUrl }), v.object({ file_id: v.string() })],
        "A picture is an image_url, which is an http:, https: or data: URL, or a file_id",
      ),
    ),
    v.minLength(1, "There is no picture"),
  ),
  mask,
});

/** The same as a form. */
export const editFormRequest = v.object({
  ...shared,
  n: v.nullish(v.pipe(numeric, most)),
  stream: v.nullish(truth),
  image: v.union(
    [
      v.pipe(
        givenPicture,
        v.transform((picture) => [picture]),
      ),
      v.array(givenPicture),
    ],
    "A picture is a file, or an http:, https: or data: URL",
  ),
  mask,
});

export type GenerationRequest = v.InferOutput<typeof generationRequest>;
