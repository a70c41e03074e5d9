import type { ModelFeatures } from "../kinds/model-features.ts";
import type { ModelInfo } from "./model-info.ts";

/** What the catalogue says of models. */
export const FEATURES: readonly (keyof ModelFeatures)[] = [
  "aspectRatio",
  "imageSize",
  "durationSeconds",
  "audio",
  "keyframe",
];

/** What the catalogue says to each part of a features; a part that is not asked for, or that it is silent about, is undefined. */
export function modelSupport(
  model: ModelInfo,
  features: ModelFeatures,
): Record<keyof ModelFeatures, boolean | undefined> {
  return {
    aspectRatio: isListed(model.supportedAspectRatios, features.aspectRatio),
    imageSize: isListed(model.supportedImageSizes, features.imageSize),
    durationSeconds: isListed(model.supportedDurations?.map(String), features.durationSeconds?.toString()),
    audio: features.audio === true ? model.supportsAudio : undefined,
    keyframe: features.keyframe === true ? model.supportsKeyframe : undefined,
  };
}

/** Letter case is no difference: `1k` is written `1K` as well. */
function isListed(list: readonly string[] | undefined, value: string | undefined): boolean | undefined {
  if (list === undefined || value === undefined) return undefined;
  return list.some((entry) => entry.toLowerCase() === value.toLowerCase());
}

/** One word for the whole features: false when a part is refused, undefined when the catalogue is silent about a part. */
export function isSupported(model: ModelInfo, features: ModelFeatures): boolean | undefined {
  const support = modelSupport(model, features);
  const asked = FEATURES.filter((part) => features[part] !== undefined && features[part] !== false).map(
    (part) => support[part],
  );
  if (asked.includes(false)) return false;
  return asked.includes(undefined) ? undefined : true;
}
