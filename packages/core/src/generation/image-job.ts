import type { Limits } from "../limits.ts";
import type { JobDescription } from "./job-description.ts";
import { MediaReader, type MediaResult } from "./media-reader.ts";
import type { Message } from "./messages.ts";

export interface ImageJobInput {
  prompt: string;
  model: string;
  /** The whole history, prompt included; asked for after `prepare`. */
  messages(): readonly Message[];
  prepare?: ((signal: AbortSignal) => Promise<void>) | undefined;
  aspectRatio: string;
  imageSize: string;
  isAgent: boolean;
  limits: Limits;
}

/** One image job (wire 2.2). */
export function imageJob(input: ImageJobInput): JobDescription<MediaResult> {
  const { model, messages, aspectRatio, imageSize, isAgent } = input;
  return {
    kind: "image",
    what: "generateImage",
    model,
    prompt: input.prompt,
    prepare: input.prepare,
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
      messages: messages(),
      aspect_ratio: aspectRatio,
      image_size: imageSize,
      agent: isAgent,
    }),
    limits: input.limits,
    quietMs: 10_000,
    maxQuietMs: 30_000,
    isMedia: true,
  };
}
