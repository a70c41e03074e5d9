import * as v from "valibot";
import { nullishFlag, nullishText, quantity, texts } from "../wire/fields.ts";
import { isRecord, parseAnswer } from "../wire/parse.ts";
import { type RawRecord, rawRecord } from "../wire/records.ts";

/** A model of the catalogue. What it can do is undefined where the catalogue does not say. */
export interface ModelInfo {
  modelId: string;
  /** The id where the catalogue has no title. */
  title: string;
  /** `text`, `image`, `video`, … */
  media: string | null | undefined;
  tier: string | null | undefined;
  logo: string | null | undefined;
  description: string | null | undefined;
  supportedAspectRatios: string[] | undefined;
  supportedImageSizes: string[] | undefined;
  /** In seconds. */
  supportedDurations: number[] | undefined;
  supportsAudio: boolean | undefined;
  /** Whether it takes a first and a last frame. */
  supportsKeyframe: boolean | undefined;
  raw: RawRecord;
}

const schema = v.looseObject({
  title: nullishText,
  name: nullishText,
  media: nullishText,
  tier: nullishText,
  logo: nullishText,
  description: nullishText,
  supportedAspectRatios: texts,
  supportedImageSizes: texts,
  supportedDurations: v.fallback(v.optional(v.array(quantity)), undefined),
  supportsAudio: nullishFlag,
  supportedKeyframe: nullishFlag,
});

/** The catalogue is an object keyed by model id (wire 5). @throws ResponseShapeError */
export function parseModels(answer: unknown): ModelInfo[] {
  return Object.entries(parseAnswer(rawRecord, answer, "GET /models")).map(([modelId, entry]) => {
    const model = parseAnswer(schema, entry, `GET /models (${modelId})`);
    return {
      modelId,
      title: model.title ?? model.name ?? modelId,
      media: model.media,
      tier: model.tier,
      logo: model.logo,
      description: model.description,
      supportedAspectRatios: model.supportedAspectRatios,
      supportedImageSizes: model.supportedImageSizes,
      supportedDurations: model.supportedDurations?.filter((seconds) => typeof seconds === "number"),
      supportsAudio: model.supportsAudio ?? undefined,
      supportsKeyframe: model.supportedKeyframe ?? undefined,
      raw: isRecord(entry) ? entry : {},
    };
  });
}
