import { type DataOfUrl, dataOfUrl } from "../files/data-url.ts";
import { type GeneratedMedia, generatedMedia, type MediaTools } from "../media/generated-media.ts";
import { saveSchema } from "../media/save-port.ts";
import { checkAgainst } from "../options/options-check.ts";
import type { UnderWay } from "../timing/under-way.ts";
import { otherKind } from "../wire/parse.ts";
import type { RawRecord } from "../wire/records.ts";
import { dataMedia } from "./data-media.ts";
import { isHttpUrl } from "./media-options.ts";

/** The answer that a result's address stands in. */
export interface ResultFrom {
  /** Method and path, for errors. */
  label: string;
  raw: RawRecord;
}

/** Makes results of the addresses that {@link isFileUrl} takes. @throws ResponseShapeError where a `data:` URL is broken */
export type ResultMaker = (url: string, model: string, from: ResultFrom) => GeneratedMedia;

/** Whether a file can be had by an address: by http, or out of the address itself. */
export function isFileUrl(url: string): boolean {
  return isHttpUrl(url) || /^data:(image|video|audio|model|application)\/./i.test(url);
}

/** @param underWay of the client, which ends a save when it is closed */
export function resultMaker(tools: MediaTools, underWay: UnderWay): ResultMaker {
  return (url, model, from) => {
    const media = isHttpUrl(url)
      ? generatedMedia(tools, url, model)
      : dataMedia(tools.files, url, model, readData(url, from));
    return savedUnderWay(media, underWay);
  };
}

function readData(url: string, { label, raw }: ResultFrom): DataOfUrl {
  try {
    return dataOfUrl(url, label);
  } catch {
    throw otherKind(`${label} answered with`, "a data: URL that cannot be read", "a file was", raw);
  }
}

/** To who saves, a download that is broken off is a fault of the target: the reason of the client's end is the cause. */
function savedUnderWay(media: GeneratedMedia, underWay: UnderWay): GeneratedMedia {
  return {
    ...media,
    async save(target, options = {}) {
      checkAgainst("save", saveSchema, options);
      const { signal, release } = underWay.begin(options.signal);
      try {
        return await media.save(target, { ...options, signal });
      } catch (error) {
        throw signal.aborted ? signal.reason : error;
      } finally {
        release();
      }
    },
  };
}
