import type { JobKind } from "../errors/job-handle.ts";
import type { JobOptions } from "../options/options.ts";
import { type ImageOptions, type ImageOutput, imageKind } from "./image.ts";
import type { Kind, KindTools } from "./kind.ts";
import type { MediaResult } from "./media-reader.ts";
import type { TextKind } from "./text/text.ts";
import type { GenerateOptions } from "./text/text-options.ts";
import type { GenerationOutput } from "./text/text-output.ts";
import type { TextResult } from "./text/text-reader.ts";
import { type VideoOptions, type VideoOutput, videoKind } from "./video.ts";

/** What a kind of job gives in the end. */
export interface JobResults {
  text: GenerationOutput;
  image: ImageOutput;
  video: VideoOutput;
}

/** What the verbs of a kind of job take. */
export interface KindOptions {
  text: GenerateOptions;
  image: ImageOptions;
  video: VideoOptions;
}

/** What a kind's reader gives, before it becomes an output. */
interface RawResults {
  text: TextResult;
  image: MediaResult;
  video: MediaResult;
}

/** The options of a kind, with what all kinds take beside: of a kind that is not known yet, that could not be seen. */
export type OptionsOf<K extends JobKind> = KindOptions[K] & JobOptions<K>;

/** A kind with its own types. */
export type KindOf<K extends JobKind> = Kind<K, OptionsOf<K>, RawResults[K], JobResults[K]>;

/** Every kind of job, by its name in handles. */
export type Kinds = { readonly [K in JobKind]: KindOf<K> };

/** @param text made apart, since a stream needs more of it than the others have */
export function createKinds(text: TextKind, tools: KindTools): Kinds {
  return { text, image: imageKind(tools), video: videoKind(tools) };
}
