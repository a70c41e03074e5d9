import * as v from "valibot";
import type { ModelFeatures } from "../kinds/model-features.ts";
import { filledText, flag, positive } from "../options/option-values.ts";
import type { CallOptions } from "../options/options.ts";
import { checkCall, checkText } from "../options/options-check.ts";
import { checkObject } from "./check-arguments.ts";
import type { ModelCatalogue } from "./model-catalogue.ts";
import type { ModelInfo } from "./model-info.ts";
import { isSupported } from "./model-support.ts";
import { found } from "./not-found.ts";

/** How much the catalogue tells. */
export interface ModelListOptions extends CallOptions {
  /** Whether entries have a logo. Default true. */
  logo?: boolean | undefined;
  /** Whether entries have a description. Default true. */
  description?: boolean | undefined;
}

const featureEntries = {
  aspectRatio: v.optional(filledText),
  imageSize: v.optional(filledText),
  durationSeconds: v.optional(positive),
  audio: v.optional(flag),
  keyframe: v.optional(flag),
};

/** The live catalogue of models. Works without a token. */
export class Models {
  readonly #catalogue: ModelCatalogue;

  constructor(catalogue: ModelCatalogue) {
    this.#catalogue = catalogue;
  }

  /**
   * All models that the service has.
   * @example
   * const videoModels = (await flowith.models.list()).filter((model) => model.media === "video");
   */
  async list(options: ModelListOptions = {}): Promise<ModelInfo[]> {
    checkCall("models.list", options, { logo: v.optional(flag), description: v.optional(flag) });
    const { logo = true, description = true, ...call } = options;
    return this.#catalogue.fetch(call, { logo, description });
  }

  /**
   * One model, asked for anew.
   * @throws NotFoundError when the catalogue has none of this id
   * @example
   * const { supportedAspectRatios } = await flowith.models.get("gemini-3.1-flash-image");
   */
  async get(modelId: string, options: CallOptions = {}): Promise<ModelInfo> {
    checkText("models.get", "modelId", modelId);
    checkCall("models.get", options);
    const models = await this.#catalogue.fetch(options, { logo: true, description: true });
    return found(
      models.filter((model) => model.modelId === modelId),
      `The model ${modelId}`,
    );
  }

  /**
   * Whether a model can do something, by the catalogue of the last hour: true, false, or undefined where the catalogue
   * does not say, of a model that it does not know too.
   * @example
   * if ((await flowith.models.supports("gpt-image-2", { aspectRatio: "21:9" })) === false) console.log("Choose another.");
   */
  async supports(modelId: string, features: ModelFeatures, options: CallOptions = {}): Promise<boolean | undefined> {
    checkText("models.supports", "modelId", modelId);
    checkObject("models.supports", featureEntries, features);
    checkCall("models.supports", options);
    const model = (await this.#catalogue.models(options)).get(modelId);
    return model && isSupported(model, features);
  }
}
