import type { ModelWish } from "../kinds/model-wish.ts";
import type { ModelInfo } from "./model-info.ts";

/** What the catalogue says to each part of a wish; a part that is not asked for, or that it is silent about, is undefined. */
export function modelSupport(model: ModelInfo, wish: ModelWish): Record<keyof ModelWish, boolean | undefined> {
  return {
    aspectRatio: isListed(model.supportedAspectRatios, wish.aspectRatio),
    imageSize: isListed(model.supportedImageSizes, wish.imageSize),
    durationSeconds: isListed(model.supportedDurations?.map(String), wish.durationSeconds?.toString()),
    audio: wish.audio === true ? model.supportsAudio : undefined,
    keyframe: wish.keyframe === true ? model.supportsKeyframe : undefined,
  };
}

/** Letter case is no difference: `1k` is written `1K` as well. */
function isListed(list: readonly string[] | undefined, value: string | undefined): boolean | undefined {
  if (list === undefined || value === undefined) return undefined;
  return list.some((entry) => entry.toLowerCase() === value.toLowerCase());
}

/** One word for the whole wish: false when a part is refused, undefined when the catalogue is silent about a part. */
export function isSupported(model: ModelInfo, wish: ModelWish): boolean | undefined {
  const support = modelSupport(model, wish);
  const asked = (["aspectRatio", "imageSize", "durationSeconds", "audio", "keyframe"] as const)
    .filter((part) => wish[part] !== undefined && wish[part] !== false)
    .map((part) => support[part]);
  if (asked.includes(false)) return false;
  return asked.includes(undefined) ? undefined : true;
}
