import type { Platform } from "@flowith-webapi/core";
import { createBackend } from "@flowith-webapi/supabase";
import { denoDisk } from "./disk/deno-disk.ts";
import { diskFiles } from "./disk/disk-files.ts";
import { withEnv } from "./env/env.ts";
import { readDenoEnv } from "./env/read-deno-env.ts";
import type { FlowithOptions } from "./shared/own-supabase.ts";
import { RuntimeClient } from "./shared/runtime-client.ts";

// Not in shared/exports.ts: the bundler loses what a module that it bundles exports of one that it does not.
export * from "@flowith-webapi/core";
export * from "./shared/exports.ts";
export { fileJobStore } from "./stores/file/file-job-store.ts";
export { fileKeyValueStore } from "./stores/file/file-key-value-store.ts";
export { fileSessionStore } from "./stores/file/file-session-store.ts";

/** Deno, with the permissions for the paths in use alone. */
const platform: Platform = {
  createBackend,
  files: diskFiles(denoDisk),
  uploadRedirect: "error",
  uploadBody: "stream",
  defaults: {},
  showsSilentStreams: true,
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
  static fromEnv(options: FlowithOptions = {}): Flowith {
    return make(withEnv(readDenoEnv, options));
  }
}

// Outside of the class: the bundler renames one that names itself, and it would print as `_Flowith`.
function make(options: FlowithOptions): Flowith {
  return new Flowith(options);
}
