import type { FileOpener } from "../files/file-source.ts";
import type { SendWithProgress } from "../http/middleware.ts";
import type { RedirectMode } from "../http/request-init.ts";
import type { MediaSaver } from "../media/save-port.ts";
import type { Logger } from "../options/logger.ts";
import type { AccountPort, CanvasPort, ContentPort, PresencePort } from "../rows/ports.ts";
import type { AuthPort } from "../session/auth-port.ts";
import type { KeyValueStore } from "../session/key-value-store.ts";
import type { FlowithClientOptions } from "./client-options.ts";

/** What core gives to the package that talks to Supabase. How requests are made comes with each call to a port. */
export interface BackendContext {
  supabaseUrl: string;
  supabaseKey: string;
  /** Keeps a PKCE verifier until its sign-in comes back. */
  verifierStore: KeyValueStore;
  logger: Logger;
}

/** What core asks of the package that talks to Supabase. */
export interface Backend {
  canvas: CanvasPort;
  account: AccountPort;
  content: ContentPort;
  presence: PresencePort;
  auth: AuthPort;
  /** Whether rows are asked through a client that the caller gave: core's fetch is not used for them then. */
  hasGivenClient?: boolean | undefined;
}

/** What a runtime's adapter does with files. */
export interface FilesPort extends FileOpener, MediaSaver {}

/** What a runtime's entry gives to core. */
export interface Platform {
  createBackend(context: BackendContext): Backend;
  files: FilesPort;
  /**
   * How uploads treat a redirect. `error` where the platform knows it: there Node streams the body instead of keeping
   * it for a second try. `manual` in Workers and browsers.
   */
  uploadRedirect: RedirectMode;
  /**
   * What a large upload goes out as. `stream` where request bodies can be streamed (Node, Deno, Bun, Workers): constant
   * memory, and progress. `blob` in browsers, which refuse streams over HTTP/1.1 and read Blobs from disk by themselves.
   */
  uploadBody: "stream" | "blob";
  /**
   * Sends one request as `fetch` does, and tells how much of its body is on its way: in browsers, whose `fetch` does not
   * tell. Used for uploads that somebody wants to see progress of, and where the caller has no `fetch` of its own.
   */
  sendWithProgress?: SendWithProgress | undefined;
  defaults: Pick<FlowithClientOptions, "store" | "verifierStore" | "events">;
  /**
   * False where an answer is shown only with the first byte of its body (Firefox): a stream that is open and on which
   * nothing has come yet looks there like one that is still connecting.
   */
  showsSilentStreams: boolean;
  /**
   * False where work that goes on after a response is cut off (Workers); a refresh then makes its caller wait, and no
   * conversation gets a title by itself.
   */
  refreshesInBackground: boolean;
  /**
   * False where requests that are served side by side may share values only, never promises (Workers): one that awaits
   * what another has begun hangs.
   */
  sharesPromises: boolean;
}
