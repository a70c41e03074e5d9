import { ConnectionError, type MediaSaver } from "@flowith-webapi/core/http";

/** {@link pageFiles}, loaded when something is saved: most pages of who uses them so never do. */
export const pageFilesLater: MediaSaver = {
  async save(open, target, options) {
    const { pageFiles } = await load();
    return pageFiles.save(open, target, options);
  },
};

async function load(): Promise<typeof import("./page-files.ts")> {
  try {
    return await import("./page-files.ts");
  } catch (cause) {
    throw new ConnectionError("save: the part of flowith-webapi that saves files could not be loaded.", {
      cause,
      isRetryable: true,
    });
  }
}
