import type { GeneratedMedia } from "../media/generated-media.ts";
import { saveSchema } from "../media/save-port.ts";
import { checkAgainst } from "../options/options-check.ts";
import type { UnderWay } from "../timing/under-way.ts";

/** A result whose `save` ends with the reason of its client's end: to who saves, a broken download is a fault of the target. */
export function savedUnderWay(media: GeneratedMedia, underWay: UnderWay): GeneratedMedia {
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
