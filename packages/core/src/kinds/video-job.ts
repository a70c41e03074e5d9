import type { JobDescription } from "../jobs/job-description.ts";
import { defined } from "../options/defined.ts";
import type { Limits } from "../options/limits.ts";
import { MediaReader, type MediaResult } from "./media-reader.ts";

export interface VideoJobInput {
  prompt: string;
  model: string;
  /** The first and the last frame, asked for after `prepare`. */
  frames(): { first: string | undefined; last: string | undefined };
  prepare?: ((signal: AbortSignal) => Promise<void>) | undefined;
  aspectRatio: string;
  resolution: string;
  hasAudio: boolean;
  durationSeconds: number | undefined;
  isLoop: boolean | undefined;
  limits: Limits;
}

/** One video job (wire 2.3). The service makes the answer's node itself. */
export function videoJob(input: VideoJobInput): JobDescription<MediaResult> {
  const { model, prompt, aspectRatio, resolution, hasAudio } = input;
  return {
    kind: "video",
    what: "generateVideo",
    model,
    prompt,
    prepare: input.prepare,
    reader: new MediaReader("video"),
    answerData: undefined,
    path: "/video/async",
    body: ({ nodeId, convId, userNodeId, position }) => {
      const { first, last } = input.frames();
      return {
        nodeId,
        model,
        prompt,
        imageURL: first ?? "",
        aspect_ratio: aspectRatio,
        audio: hasAudio,
        resolution,
        convId,
        parentNodeId: userNodeId,
        position,
        // Seen in use, but under names that no two clients share; sent only when they are asked for.
        ...defined({ lastImageURL: last, duration: input.durationSeconds, loop: input.isLoop }),
      };
    },
    isPostedAgain: false,
    limits: input.limits,
  };
}
