import * as v from "valibot";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import type { JobDescription } from "../jobs/job-description.ts";
import type { GeneratedMedia, GeneratedVideo } from "../media/generated-media.ts";
import { defined } from "../options/defined.ts";
import { limitsFrom } from "../options/limits.ts";
import { anything, filledText, flag, positive } from "../options/option-values.ts";
import type { JobOptions } from "../options/options.ts";
import { checkAgainst, checkPrompt } from "../options/options-check.ts";
import { excerpt } from "../text/excerpt.ts";
import type { AspectRatio } from "./aspect-ratio.ts";
import { jobEntries, type OptionsSchema, placeEntries } from "./job-options.ts";
import type { JobRequest, Kind, KindTools } from "./kind.ts";
import { mediaRules } from "./media-kind.ts";
import type { MediaResult } from "./media-reader.ts";
import { afterFeatureCheck } from "./model-features.ts";
import { checkPictures, type ImageSource, promptPictures } from "./prompt-pictures.ts";
import { VideoModel } from "./video-model.ts";

/** Limits: 10 s to connect, 900 s in all. */
export interface VideoOptions extends JobOptions<"video"> {
  /** The first frame. */
  image?: ImageSource | undefined;
  /** The last frame, for models that take one. */
  lastImage?: ImageSource | undefined;
  /** Default `16:9`. */
  aspectRatio?: AspectRatio | undefined;
  /** Default `480p`. */
  resolution?: string | undefined;
  /** Default true. */
  audio?: boolean | undefined;
  /** Default: the model's. */
  durationSeconds?: number | undefined;
  loop?: boolean | undefined;
}

/** A finished clip. */
export interface VideoOutput {
  video: GeneratedVideo;
  videoUrl: string;
  /** The same as `video.save`. */
  save: GeneratedMedia["save"];
  nodeId: string;
  convId: string;
  model: string;
  raw: unknown;
}

const turnEntries = {
  ...jobEntries,
  image: v.optional(anything),
  lastImage: v.optional(anything),
  aspectRatio: v.optional(filledText),
  resolution: v.optional(filledText),
  audio: v.optional(flag),
  durationSeconds: v.optional(positive),
  loop: v.optional(flag),
};
/** What a clip of a conversation session may set. */
export const videoTurnSchema: OptionsSchema = v.strictObject(turnEntries);
const schema: OptionsSchema = v.strictObject({ ...turnEntries, ...placeEntries });

/** Clips (wire 2.3). The service makes the answer's node itself. */
export function videoKind(tools: KindTools): Kind<"video", VideoOptions, MediaResult, VideoOutput> {
  const kind: Kind<"video", VideoOptions, MediaResult, VideoOutput> = {
    ...mediaRules("video", 900_000, tools),
    isNodeMadeByService: true,
    optionNames: Object.keys(schema.entries),
    path: "/video/async",
    check(verb, prompt, options) {
      checkPrompt(verb, prompt);
      checkAgainst(verb, schema, options);
      const { image, lastImage, model } = options;
      if (image === undefined && lastImage !== undefined) {
        throw new InvalidArgumentError(`${verb}: lastImage needs image, the first frame.`);
      }
      // The name says what no field of the catalogue does.
      if (image === undefined && model?.endsWith("/image-to-video")) {
        throw new InvalidArgumentError(`${verb}: ${excerpt(model)} makes a clip of a picture: pass image.`);
      }
      checkPictures(verb, options);
    },
    describe,
    output({ url, model, raw }, { nodeId, convId, model: askedFor }) {
      const video = tools.media(url, model ?? askedFor);
      return { video, videoUrl: url, save: video.save, nodeId, convId, model: video.model, raw };
    },
  };

  function describe(request: JobRequest<VideoOptions>): JobDescription<MediaResult> {
    const { verb, prompt, options } = request;
    const { model = VideoModel.Default, resolution = "480p", durationSeconds, loop } = options;
    const pictures = promptPictures(tools, request);
    const { aspectRatio, audio, lastImage } = options;
    const asked = { aspectRatio, durationSeconds, audio, keyframe: lastImage !== undefined };
    return {
      rules: kind,
      verb,
      model,
      prompt,
      reader: kind.createReader(),
      limits: limitsFrom(kind.limits, tools.timeout, options.timeout),
      answerData: {},
      prepare: afterFeatureCheck(tools.checkFeatures, verb, model, asked, pictures.prepare),
      body: ({ nodeId, convId, userNodeId, position }) => {
        const [first = "", last] = pictures.urls();
        return {
          nodeId,
          model,
          prompt,
          imageURL: first,
          aspect_ratio: aspectRatio ?? "16:9",
          audio: audio ?? true,
          resolution,
          convId,
          parentNodeId: userNodeId,
          position,
          // Seen in use, but under names that no two clients share; sent only when they are asked for.
          ...defined({ lastImageURL: last, duration: durationSeconds, loop }),
        };
      },
    };
  }

  return kind;
}
