import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import type { FeatureCheck, ModelFeatures } from "../kinds/model-features.ts";
import { excerpt } from "../text/excerpt.ts";
import type { ModelCatalogue } from "./model-catalogue.ts";
import type { ModelInfo } from "./model-info.ts";
import { FEATURES, modelSupport } from "./model-support.ts";

const WORDS: Record<keyof ModelFeatures, string> = {
  aspectRatio: "aspect ratio",
  imageSize: "size",
  durationSeconds: "duration",
  audio: "sound",
  keyframe: "last frame",
};

/** A check against the live catalogue of models, kept for an hour. */
export function featureCheck(catalogue: ModelCatalogue): FeatureCheck {
  return async (verb, modelId, features, signal) => {
    const model = await catalogue.find(modelId, signal);
    if (model === undefined) return;
    const support = modelSupport(model, features);
    for (const part of FEATURES) {
      if (support[part] !== false) continue;
      const value = typeof features[part] === "boolean" ? "" : ` ${excerpt(String(features[part]))}`;
      const known = listOf(model, part)?.join(", ");
      throw new InvalidArgumentError(
        `${verb}: by the catalogue, ${excerpt(modelId)} has no ${WORDS[part]}${value}${known === undefined ? "" : ` (it has ${known})`}. Choose another model, or pass validate: "off" to send it all the same.`,
      );
    }
  };
}

function listOf(model: ModelInfo, part: keyof ModelFeatures): readonly (string | number)[] | undefined {
  if (part === "aspectRatio") return model.supportedAspectRatios;
  if (part === "imageSize") return model.supportedImageSizes;
  return part === "durationSeconds" ? model.supportedDurations : undefined;
}
