import type { Logger } from "../options/logger.ts";
import type { CallOptions } from "../options/options.ts";
import type { CredentialOptions } from "./session-from-options.ts";
import type { Session, SessionStore } from "./session-store.ts";

export interface SessionManagerOptions extends CredentialOptions {
  store?: SessionStore | undefined;
  waitUntil?: ((work: Promise<unknown>) => void) | undefined;
  /** False in Workers, where what runs on after the response is cut off. */
  refreshesInBackground: boolean;
  /** False in Workers, where one request must not await what another one has begun. */
  sharesPromises: boolean;
  logger: Logger;
  /** Called when another user than before has signed in, before anybody is told. Must not throw. */
  onAnotherUser?: (() => void) | undefined;
  refresh(refreshToken: string, options: CallOptions): Promise<Session>;
}
