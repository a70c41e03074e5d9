import type { Platform } from "@flowith-webapi/core";
import { createBackend } from "@flowith-webapi/supabase";
import { bucketFiles } from "./saving/bucket-files.ts";
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

// A bundler that was told no condition takes this entry for Workers and pages too.
const isWorker = globalThis.navigator?.userAgent === "Cloudflare-Workers";
const isPage = typeof document !== "undefined";

/** Only what every runtime with `fetch` has: no disk, no folders. */
const platform: Platform = {
  createBackend,
  files: {
    readDisposition,
    open: openNothing,
    ...bucketFiles("Use bytes(), blob() or stream(), or pass something with put(key, stream)."),
  },
  // `error` is unknown to Workers, and browsers hide the redirect; its answer is then no success.
  uploadRedirect: "manual",
  uploadBody: isWorker ? "stream" : "blob",
  defaults: { events: { lingerMs: isWorker ? 0 : 1_000 }, verifierStore: isPage ? tabVerifierStore : undefined },
  showsSilentStreams: !isFirefox,
  refreshesInBackground: !isWorker,
  sharesPromises: !isWorker,
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
