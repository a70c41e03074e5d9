import { DeveloperClient, type DeveloperClientOptions, type DeveloperPlatform } from "@flowith-webapi/core/developer";
import { pageFilesLater } from "../saving/page-files-later.ts";
import { noEnvironment } from "../shared/without-disk.ts";

export * from "@flowith-webapi/core/developer";

/** Pages, and the workers of pages. */
const platform: DeveloperPlatform = { files: pageFilesLater, sharesPromises: true };

/**
 * The client of Flowith's developer API: search in knowledge bases with sources, chat with tools, pictures, clips, music and
 * 3D models, by an API key and without a session. `save` of a result takes what the runtime has, as with `Flowith`.
 * @example
 * const developer = new FlowithDeveloper({ apiKey });
 * const { text, sources } = await developer.knowledge.search("When does the ferry leave?", { knowledgeBases });
 */
export class FlowithDeveloper extends DeveloperClient {
  /** @throws InvalidArgumentError for an option that is unknown or of the wrong type, and for what is no API key */
  constructor(options: DeveloperClientOptions = {}) {
    super(options, platform);
  }

  /**
   * A client by `FLOWITH_API_KEY` and `FLOWITH_EDGE_URL`; what is passed goes before. In Node and Bun, and in Deno with the
   * permission for these two names.
   * @throws InvalidArgumentError without that permission, and in other runtimes, which have no environment to read
   * @example
   * const developer = FlowithDeveloper.fromEnv();
   */
  static fromEnv(_options: DeveloperClientOptions = {}): FlowithDeveloper {
    throw noEnvironment("FlowithDeveloper");
  }
}
