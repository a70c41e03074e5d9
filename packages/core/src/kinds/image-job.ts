import type { JobDescription } from "../jobs/job-description.ts";
import type { Limits } from "../options/limits.ts";
import { MediaReader, type MediaResult } from "./media-reader.ts";
import type { MessageSource } from "./messages.ts";

export interface ImageJobInput {
  prompt: string;
  model: string;
  source: MessageSource;
  aspectRatio: string;
  imageSize: string;
  isAgent: boolean;
  limits: Limits;
}

/** One image job (wire 2.2). */
export function imageJob(input: ImageJobInput): JobDescription<MediaResult> {
  const { model, source, aspectRatio, imageSize, isAgent } = input;
  return {
    kind: "image",
    what: "generateImage",
    model,
    prompt: input.prompt,
    prepare: source.prepare,
    reader: new MediaReader("image"),
    answerData: {
      mode: "image_generation",
      isImage: true,
      ratio: aspectRatio,
      resolution: imageSize,
      aspect_ratio: aspectRatio,
      image_size: imageSize,
      agent: isAgent,
    },
    path: "/image_gen/async",
    body: ({ nodeId, convId }) => ({
      model,
      nodeId,
      convId,
      messages: source.messages(),
      aspect_ratio: aspectRatio,
      image_size: imageSize,
      agent: isAgent,
    }),
    isPostedAgain: false,
    limits: input.limits,
  };
}
