import * as v from "valibot";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { unfitUrl } from "../http/download.ts";
import { filledText } from "../options/option-values.ts";
import { checkAgainst, checkText } from "../options/options-check.ts";
import { type GeneratedMedia, generatedMedia, type MediaTools } from "./generated-media.ts";

/** What is known of a file that lies with the service. */
export interface StoredMediaOptions {
  /**
   * Its MIME type, where that is known. A JSON, XML or HTML file comes only where its type is named here: unasked, it is
   * what hosts show in place of a file.
   */
  mimeType?: string | undefined;
  /** The model that made it, as `model` of the result. Default: empty. */
  model?: string | undefined;
}

const schema: v.StrictObjectSchema<v.ObjectEntries, undefined> = v.strictObject({
  mimeType: v.optional(filledText),
  model: v.optional(v.string()),
});

/** See `FlowithClient.media`. */
export type StoredMedia = (url: string, options?: StoredMediaOptions) => GeneratedMedia;

export function storedMedia(tools: MediaTools): StoredMedia {
  return (url, options = {}) => {
    checkText("media", "url", url);
    checkAgainst("media", schema, options);
    const unfit = unfitUrl(url);
    if (unfit !== undefined) throw new InvalidArgumentError(`media: ${unfit}`);
    const { mimeType = "", model = "" } = options;
    return generatedMedia(tools, url, model, { wantedType: mimeType, mayBePage: /\bx?html\b/i.test(mimeType) });
  };
}
