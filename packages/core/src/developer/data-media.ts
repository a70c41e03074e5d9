import type { DataOfUrl } from "../files/data-url.ts";
import type { GeneratedMedia } from "../media/generated-media.ts";
import { type MediaSaver, saveSchema } from "../media/save-port.ts";
import type { CallOptions } from "../options/options.ts";
import { checkAgainst, checkCall } from "../options/options-check.ts";
import { throwIfAborted } from "../timing/abort.ts";

/** A result that came with its answer: nothing is fetched. */
export function dataMedia(files: MediaSaver, url: string, model: string, data: DataOfUrl): GeneratedMedia {
  const { mimeType, bytes } = data;
  const begin = (label: string, options: CallOptions = {}): void => {
    checkCall(label, options);
    throwIfAborted(options.signal);
  };
  const body = (): ReadableStream<Uint8Array> =>
    new ReadableStream({
      start(controller) {
        if (bytes.length > 0) controller.enqueue(bytes.slice());
        controller.close();
      },
    });
  return {
    url,
    model,
    async stream(options) {
      begin("stream", options);
      return body();
    },
    async bytes(options) {
      begin("bytes", options);
      return bytes.slice();
    },
    async blob(options) {
      begin("blob", options);
      return new Blob([bytes], { type: mimeType });
    },
    async save(target, options = {}) {
      checkAgainst("save", saveSchema, options);
      const headers = new Headers({ "content-type": mimeType, "content-length": String(bytes.length) });
      // Without the address, whose last part would be the file's name.
      return files.save(async () => ({ url: "", headers, body: body() }), target, options);
    },
  };
}
