import { type DataOfUrl, dataOfUrl } from "../files/data-url.ts";
import { repeatPlainly } from "../http/repeat-plainly.ts";
import { Transport } from "../http/transport.ts";
import { type GeneratedMedia, generatedMedia, type MediaTools } from "../media/generated-media.ts";
import { saveSchema } from "../media/save-port.ts";
import type { Logger } from "../options/logger.ts";
import { checkAgainst } from "../options/options-check.ts";
import type { UnderWay } from "../timing/under-way.ts";
import { otherKind } from "../wire/parse.ts";
import type { RawRecord } from "../wire/records.ts";
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
export function resultMaker(tools: MediaTools, underWay: UnderWay, logger: Logger): ResultMaker {
  return (url, model, from) => {
    const { files } = tools;
    const isFetched = isHttpUrl(url);
    const transport = isFetched ? tools.transport : dataTransport(readData(url, from), logger);
    const media = generatedMedia({ files, transport }, isFetched ? url : DATA_ADDRESS, model);
    return { ...media, url, save: savedUnderWay(media, underWay) };
  };
}

/** Its last part is what a file is called that has no name; no request goes there. */
const DATA_ADDRESS = "https://data.invalid/file";

/** Answers every request with what came with the result's own answer, so that it is read and saved as what is fetched. */
function dataTransport({ mimeType, bytes }: DataOfUrl, logger: Logger): Transport {
  const headers = { "content-type": mimeType, "content-length": String(bytes.length) };
  return new Transport({
    repeat: repeatPlainly,
    fetch: async () => new Response(bytes.slice(), { headers }),
    middleware: [],
    headers: {},
    maxRetries: 0,
    logger,
  });
}

function readData(url: string, { label, raw }: ResultFrom): DataOfUrl {
  try {
    return dataOfUrl(url, label);
  } catch {
    throw otherKind(`${label} answered with`, "a data: URL that cannot be read", "a file was", raw);
  }
}

/** To who saves, a download that is broken off is a fault of the target: the reason of the client's end is the cause. */
function savedUnderWay(media: GeneratedMedia, underWay: UnderWay): GeneratedMedia["save"] {
  return async (target, options = {}) => {
    checkAgainst("save", saveSchema, options);
    const { signal, release } = underWay.begin(options.signal);
    try {
      return await media.save(target, { ...options, signal });
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    } finally {
      release();
    }
  };
}
