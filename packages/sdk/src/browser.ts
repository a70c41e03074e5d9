import type { Platform } from "@flowith-webapi/core";
import { createBackend } from "@flowith-webapi/supabase";
import { sendWithProgress } from "./http/send-with-progress.ts";
import { pageFiles } from "./saving/page-files.ts";
import { readDisposition } from "./saving/read-disposition.ts";
import { isFirefox } from "./shared/is-firefox.ts";
import type { FlowithOptions } from "./shared/own-supabase.ts";
import { RuntimeClient } from "./shared/runtime-client.ts";
import { noEnvironment, openNothing } from "./shared/without-disk.ts";
import { tabVerifierStore } from "./stores/tab-verifier-store.ts";

// Not in shared/exports.ts: the bundler loses what a module that it bundles exports of one that it does not.
export * from "@flowith-webapi/core";
export * from "./shared/exports.ts";
export { fileJobStore, fileKeyValueStore, fileSessionStore } from "./shared/without-disk.ts";

const isPage = typeof document !== "undefined";

/** Pages, and the workers of pages. */
const platform: Platform = {
  createBackend,
  files: {
    readDisposition,
    open: openNothing,
    ...pageFiles,
  },
  // Browsers hide what a redirect answers; it is then no success.
  uploadRedirect: "manual",
  // They refuse streams over HTTP/1.1, and read Blobs from disk by themselves.
  uploadBody: "blob",
  sendWithProgress: typeof XMLHttpRequest === "undefined" ? undefined : sendWithProgress,
  defaults: { verifierStore: isPage ? tabVerifierStore : undefined },
  showsSilentStreams: !isFirefox,
  refreshesInBackground: true,
  sharesPromises: true,
};

/**
 * The client. Each entry of the package has one of this name that is made for its runtime: uploads and `save` take paths
 * in Node, Deno and Bun; `save` takes a folder or makes a download in a page, and takes an R2 bucket in Workers.
 * @example
 * const flowith = new Flowith({ token, refreshToken });
 * const { text } = await flowith.generate("Name a city in Poland.");
 */
export class Flowith extends RuntimeClient {
  /** @throws InvalidArgumentError for an option that is unknown or of the wrong type */
  constructor(options: FlowithOptions = {}) {
    super(options, platform);
  }

  /**
   * A client by `FLOWITH_TOKEN`, `_REFRESH_TOKEN`, `_USER_ID`, `_EDGE_URL`, `_SUPABASE_URL`, `_SUPABASE_KEY`, and
   * `_SESSION_FILE`, the path of a `fileSessionStore`; what is passed goes before. In Node and Bun, and in Deno with the
   * permission for these seven names, and for the file. `flowith env` of the command line prints them.
   * @throws InvalidArgumentError without that permission, and in other runtimes, which have no environment to read
   * @example
   * const flowith = Flowith.fromEnv({ store: fileSessionStore("./.flowith/session.json") });
   */
  static fromEnv(_options: FlowithOptions = {}): Flowith {
    throw noEnvironment();
  }
}
