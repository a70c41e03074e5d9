import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import type { FeatureCheck } from "../kinds/model-features.ts";
import { excerpt } from "../text/excerpt.ts";
import type { ModelCatalogue } from "./model-catalogue.ts";
import { featureSupport } from "./model-support.ts";

/** A check against the live catalogue of models, kept for an hour. */
export function featureCheck(catalogue: ModelCatalogue): FeatureCheck {
  return async (verb, modelId, features, signal) => {
    const model = await catalogue.find(modelId, signal);
    if (model === undefined) return;
    const refused = featureSupport(model, features).find((part) => part.isSupported === false);
    if (refused === undefined) return;
    const { word, asked, offer } = refused;
    const value = asked === true ? "" : ` ${excerpt(String(asked))}`;
    const known = typeof offer === "object" ? ` (it has ${offer.join(", ")})` : "";
    throw new InvalidArgumentError(
      `${verb}: by the catalogue, ${excerpt(modelId)} has no ${word}${value}${known}. Choose another model, or pass validate: "off" to send it all the same.`,
    );
  };
}
