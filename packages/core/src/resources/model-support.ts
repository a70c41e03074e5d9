import type { ModelFeatures } from "../kinds/model-features.ts";
import type { ModelInfo } from "./model-info.ts";

type Offer = readonly (string | number)[] | boolean | undefined;

/** What a model may be asked for: how it is called, and what the catalogue says of it. */
const FEATURES: Record<keyof ModelFeatures, [word: string, offerOf: (model: ModelInfo) => Offer]> = {
  aspectRatio: ["aspect ratio", (model) => model.supportedAspectRatios],
  imageSize: ["size", (model) => model.supportedImageSizes],
  durationSeconds: ["duration", (model) => model.supportedDurations],
  audio: ["sound", (model) => model.supportsAudio],
  keyframe: ["last frame", (model) => model.supportsKeyframe],
};

/** What is asked for, and what the catalogue says to it. */
export interface FeatureSupport {
  word: string;
  asked: string | number | true;
  offer: Offer;
  /** Undefined where the catalogue is silent. */
  isSupported: boolean | undefined;
}

/** What the catalogue says to each part that is asked for. */
export function featureSupport(model: ModelInfo, features: ModelFeatures): FeatureSupport[] {
  const parts: (keyof ModelFeatures)[] = ["aspectRatio", "imageSize", "durationSeconds", "audio", "keyframe"];
  return parts.flatMap((part) => {
    const asked = features[part];
    if (asked === undefined || asked === false) return [];
    const [word, offerOf] = FEATURES[part];
    const offer = offerOf(model);
    const isSupported = typeof offer === "object" ? offer.some((one) => isSame(one, asked)) : offer;
    return [{ word, asked, offer, isSupported }];
  });
}

/** Letter case is no difference: `1k` is written `1K` as well. */
function isSame(one: string | number, asked: string | number | true): boolean {
  return String(one).toLowerCase() === String(asked).toLowerCase();
}

/** One word for all features: false when a part is refused, undefined when the catalogue is silent about a part. */
export function isSupported(model: ModelInfo, features: ModelFeatures): boolean | undefined {
  const answers = featureSupport(model, features).map((part) => part.isSupported);
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}
