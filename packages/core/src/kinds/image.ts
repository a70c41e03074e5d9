import * as v from "valibot";
import type { JobDescription } from "../jobs/job-description.ts";
import type { GeneratedImage } from "../media/generated-media.ts";
import { limitsFrom } from "../options/limits.ts";
import { anything, filledText, flag } from "../options/option-values.ts";
import type { JobOptions } from "../options/options.ts";
import { checkAgainst, checkPrompt } from "../options/options-check.ts";
import type { AspectRatio } from "./aspect-ratio.ts";
import { ImageModel } from "./image-model.ts";
import { historyEntries, jobEntries, type OptionsSchema, placeEntries } from "./job-options.ts";
import type { JobRequest, Kind, KindTools } from "./kind.ts";
import { mediaRules } from "./media-kind.ts";
import type { MediaResult } from "./media-reader.ts";
import { type Message, messageSource } from "./messages.ts";
import { afterFeatureCheck } from "./model-features.ts";
import { checkPictures, type ImageSource } from "./prompt-pictures.ts";

/** Limits: 10 s to connect, 300 s in all. */
export interface ImageOptions extends JobOptions<"image"> {
  /** Default `1:1`. */
  aspectRatio?: AspectRatio | undefined;
  /** `512` (default), `1k`, `2k` or `4k`, as far as the model has it. */
  imageSize?: string | undefined;
  /** Default true, as the web app sends it. */
  agent?: boolean | undefined;
  /** Pictures to work from. */
  images?: ImageSource[] | undefined;
  /** Earlier turns; the prompt is appended. */
  messages?: Message[] | undefined;
}

/** Finished pictures; there is always at least one. */
export interface ImageOutput {
  images: [GeneratedImage, ...GeneratedImage[]];
  /** The first of them. */
  image: GeneratedImage;
  nodeId: string;
  convId: string;
  model: string;
  /** As in `GenerationOutput`. */
  omittedMessages?: number | undefined;
  raw: unknown;
}

const turnEntries = {
  ...jobEntries,
  aspectRatio: v.optional(filledText),
  imageSize: v.optional(filledText),
  agent: v.optional(flag),
  images: v.optional(v.array(anything)),
};
/** What a picture of a conversation session may set. */
export const imageTurnSchema: OptionsSchema = v.strictObject(turnEntries);
const schema: OptionsSchema = v.strictObject({ ...turnEntries, ...placeEntries, ...historyEntries });

/** Pictures (wire 2.2). */
export function imageKind(tools: KindTools): Kind<"image", ImageOptions, MediaResult, ImageOutput> {
  const kind: Kind<"image", ImageOptions, MediaResult, ImageOutput> = {
    ...mediaRules("image", 300_000, tools),
    isNodeMadeByService: false,
    optionNames: Object.keys(schema.entries),
    path: "/image_gen/async",
    check(verb, prompt, options) {
      checkPrompt(verb, prompt);
      checkAgainst(verb, schema, options);
      checkPictures(verb, options);
    },
    describe,
    output({ url, model, raw }, { nodeId, convId, model: askedFor }) {
      const image = tools.media(url, model ?? askedFor);
      return { images: [image], image, nodeId, convId, model: image.model, raw };
    },
  };

  function describe(request: JobRequest<ImageOptions>): JobDescription<MediaResult> {
    const { verb, prompt, options } = request;
    const { model = ImageModel.Default, aspectRatio = "1:1", imageSize = "512", agent = true } = options;
    const { prepare, messages } = messageSource(tools, request);
    const asked = { aspectRatio: options.aspectRatio, imageSize: options.imageSize };
    return {
      rules: kind,
      verb,
      model,
      prompt,
      reader: kind.createReader(),
      limits: limitsFrom(kind.limits, tools.timeout, options.timeout),
      answerData: {
        mode: "image_generation",
        isImage: true,
        ratio: aspectRatio,
        resolution: imageSize,
        aspect_ratio: aspectRatio,
        image_size: imageSize,
        agent,
      },
      prepare: afterFeatureCheck(tools.checkFeatures, verb, model, asked, prepare),
      body: ({ nodeId, convId }) => ({
        model,
        nodeId,
        convId,
        messages: messages(),
        aspect_ratio: aspectRatio,
        image_size: imageSize,
        agent,
      }),
    };
  }

  return kind;
}
