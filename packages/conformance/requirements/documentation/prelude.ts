/**
 * What the `@example`s in doc comments may use without declaring it. Each runs inside a function of its own, against an
 * emulator that answers at the web app's addresses, so `new Flowith({ token })` works as it stands.
 *
 * - `developer`: a client of the developer API; `apiKey`: its key; `knowledgeBases`: the id of one, about a ferry
 * - `flowith`: a signed-in client; `emulator`: the emulator itself
 * - `token`, `refreshToken`, `email`, `password`: of its user
 * - `userId`: by which a server knows the user
 * - `convId`, `nodeId`: a conversation with an answer; `sessionId`: of an online session; `visitorId`: of a web site's visitor
 * - `signal`: aborts half a second after the example has begun; what it throws then is expected
 * - `request`: as a server gets it when a user comes back from a sign-in; `location`, `history`: of a page at that moment
 * - `url`, `key`: of the Supabase project; `redis`, `kv`, `jobStore`, `this.ctx.storage`, `Deno`, `localStorage`,
 *   `sessionStorage`: stores of the shapes that those have
 * - `context`: what a platform hands to `createBackend`
 * - `show(…)`, `showSignIn()`: what an app would draw
 * - everything that the SDK's entries and the emulator export, `createClient`, `readFile`, `writeFile`
 */
export interface Scope {
  developer: FlowithDeveloper;
  apiKey: string;
  knowledgeBases: string[];
  flowith: Flowith;
  emulator: Emulator;
  token: string;
  refreshToken: string;
  email: string;
  password: string;
  userId: string;
  convId: string;
  nodeId: string;
  sessionId: string;
  visitorId: string;
  signal: AbortSignal;
  request: Request;
  location: Pick<Location, "href" | "pathname" | "assign">;
  history: Pick<History, "replaceState">;
  url: string;
  key: string;
  /** Where the example runs: a folder of its own, with a `session.json`. */
  folder: string;
  redis: KeyValueStore;
  jobStore: JobStore;
  kv: DenoKv;
  Deno: { openKv(): Promise<DenoKv> };
  localStorage: WebStorage;
  sessionStorage: WebStorage;
  context: BackendContext;
  show(...what: unknown[]): void;
  showSignIn(): void;
}

/** What `this` is in an example, as in a Durable Object. */
export interface ScopeThis {
  ctx: { storage: DurableObjectStorageLike };
}

import type { Emulator } from "@flowith-webapi/emulator";
import type { FlowithDeveloper } from "../../../sdk/src/developer/node.ts";
import type { DenoKv, DurableObjectStorageLike, WebStorage } from "../../../sdk/src/fetch.ts";
import type { BackendContext, Flowith, JobStore, KeyValueStore } from "../../../sdk/src/node.ts";

export { readFile, writeFile } from "node:fs/promises";
export * from "@flowith-webapi/emulator";
export { createClient } from "@supabase/supabase-js";
export {
  checkedOptions,
  excerpt,
  isByteStream,
  isUrl,
  linkedAbort,
  nameOfDownload,
  splitExtension,
} from "../../../core/src/http.ts";
export { FlowithDeveloper } from "../../../sdk/src/developer/node.ts";
export {
  denoKvKeyValueStore,
  denoKvSessionStore,
  durableObjectKeyValueStore,
  durableObjectSessionStore,
  webStorageKeyValueStore,
  webStorageSessionStore,
} from "../../../sdk/src/fetch.ts";
export * from "../../../sdk/src/node.ts";
export { supabaseClient } from "../../../sdk/src/supabase.ts";
export { createBackend, type Database } from "../../../supabase/src/index.ts";
