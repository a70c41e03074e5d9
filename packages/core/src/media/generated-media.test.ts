import { expect, it } from "vitest";
import { FileSaveError } from "../errors/file-save-error.ts";
import { repeatAfter } from "../http/repeat-after.ts";
import { Transport } from "../http/transport.ts";
import { leveledLogger } from "../options/logger.ts";
import { generatedMedia } from "./generated-media.ts";
import type { MediaSaver } from "./save-port.ts";

const transport = new Transport({
  repeat: repeatAfter,
  fetch: async () => new Response("picture", { headers: { "content-type": "image/png" } }),
  middleware: [],
  headers: {},
  maxRetries: 0,
  logger: leveledLogger(undefined, "silent"),
});

/** As every platform saves: what goes wrong is the target's fault, as far as it can tell. */
const files: MediaSaver = {
  async save(open) {
    try {
      const { size } = await new Response((await open()).body).blob();
      return { location: "a.png", sizeBytes: size, mimeType: "image/png" };
    } catch (cause) {
      throw new FileSaveError("save: the file could not be written.", { cause });
    }
  },
};

it("throws what onProgress of a save throws, which is no fault of the target", async () => {
  const own = new Error("mine");
  const image = generatedMedia({ transport, files }, "https://files.example/a.png", "model");
  const onProgress = (): void => {
    throw own;
  };
  await expect(image.save("pictures", { onProgress })).rejects.toBe(own);
});
