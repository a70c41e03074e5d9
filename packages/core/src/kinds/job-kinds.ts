import type { JobHandle, JobKind } from "../errors/job-handle.ts";
import type { Patience } from "../jobs/ask-pace.ts";
import type { JobReader } from "../jobs/job-reader.ts";
import { generatedMedia, type MediaServices } from "../media/generated-media.ts";
import { MediaReader, type MediaResult } from "./media-reader.ts";
import { type GenerationOutput, type ImageOutput, textOutput, type VideoOutput } from "./outputs.ts";
import { TextReader, type TextResult } from "./text/text-reader.ts";

/** What a kind of job gives in the end. */
export interface JobResults {
  text: GenerationOutput;
  image: ImageOutput;
  video: VideoOutput;
}

interface RawResults {
  text: TextResult;
  image: MediaResult;
  video: MediaResult;
}

export interface JobKindRules<K extends JobKind> extends Patience {
  createReader(): JobReader<RawResults[K]>;
  /** Whether results can come on the keepalive channel as well (wire 3). */
  isMedia: boolean;
  dress(services: MediaServices, result: RawResults[K], handle: JobHandle): JobResults[K];
}

/** What waiting for a job needs to know of its kind. */
export const JOB_KINDS: { readonly [K in JobKind]: JobKindRules<K> } = {
  text: {
    createReader: () => new TextReader(true),
    quietMs: 5_000,
    steadyMs: 15_000,
    maxQuietMs: 15_000,
    isMedia: false,
    dress: (_services, result, handle) => textOutput(result, handle),
  },
  image: {
    createReader: () => new MediaReader("image"),
    quietMs: 10_000,
    steadyMs: 0,
    maxQuietMs: 30_000,
    isMedia: true,
    dress(services, { url, model, raw }, handle) {
      const image = generatedMedia(services, url, model ?? handle.model);
      const { nodeId, convId } = handle;
      return { images: [image], image, nodeId, convId, model: image.model, raw };
    },
  },
  video: {
    createReader: () => new MediaReader("video"),
    quietMs: 10_000,
    steadyMs: 0,
    maxQuietMs: 30_000,
    isMedia: true,
    dress(services, { url, model, raw }, handle) {
      const video = generatedMedia(services, url, model ?? handle.model);
      const { nodeId, convId } = handle;
      return { video, videoUrl: url, save: video.save, nodeId, convId, model: video.model, raw };
    },
  },
};
