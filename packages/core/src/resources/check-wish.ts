import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import type { ModelWish, WishCheck } from "../kinds/model-wish.ts";
import type { ModelCatalogue } from "./model-catalogue.ts";
import type { ModelInfo } from "./model-info.ts";
import { modelSupport } from "./model-support.ts";

const WORDS: Record<keyof ModelWish, string> = {
  aspectRatio: "aspect ratio",
  imageSize: "size",
  durationSeconds: "duration",
  audio: "sound",
  keyframe: "last frame",
};

/** A check against the live catalogue of models, kept for an hour. */
export function wishCheck(catalogue: ModelCatalogue): WishCheck {
  return async (of, modelId, wish, signal) => {
    const model = await catalogue.find(modelId, signal);
    if (model === undefined) return;
    const support = modelSupport(model, wish);
    for (const part of ["aspectRatio", "imageSize", "durationSeconds", "audio", "keyframe"] as const) {
      if (support[part] !== false) continue;
      const value = typeof wish[part] === "boolean" ? "" : ` ${wish[part]}`;
      const known = listOf(model, part)?.join(", ");
      throw new InvalidArgumentError(
        `${of}: by the catalogue, ${modelId} has no ${WORDS[part]}${value}${known === undefined ? "" : ` (it has ${known})`}. Choose another model, or pass validate: "off" to send it all the same.`,
      );
    }
  };
}

function listOf(model: ModelInfo, part: keyof ModelWish): readonly (string | number)[] | undefined {
  if (part === "aspectRatio") return model.supportedAspectRatios;
  if (part === "imageSize") return model.supportedImageSizes;
  return part === "durationSeconds" ? model.supportedDurations : undefined;
}
