import { SessionStoreError } from "../errors/session-store-error.ts";
import type { Session, SessionStore } from "./session-store.ts";
import { checkStoredSession } from "./stored-session.ts";

/** The caller's store with its content checked, its failures typed, and no later session ever overwritten. */
export class GuardedStore {
  readonly #store: SessionStore | undefined;
  /** A store that never gives anything back, such as a mere `save` hook, says nothing by being empty. */
  #hasGiven = false;

  constructor(store: SessionStore | undefined) {
    this.#store = store;
  }

  get isThere(): boolean {
    return this.#store !== undefined;
  }

  /** @throws SessionStoreError */
  async load(): Promise<Session | undefined> {
    let stored: unknown;
    try {
      stored = await this.#store?.load();
    } catch (cause) {
      throw typed("The session store could not be read.", cause);
    }
    if (stored === undefined || stored === null) return undefined;
    const session = checkStoredSession(stored);
    this.#hasGiven = true;
    return session;
  }

  /** Whether what was loaded means that another tab or process has signed out. */
  isEmptied(loaded: Session | undefined): boolean {
    return loaded === undefined && this.#hasGiven;
  }

  /** @throws SessionStoreError */
  async save(session: Session): Promise<void> {
    try {
      await this.#store?.save(session);
    } catch (cause) {
      throw typed("The session store could not save the session.", cause);
    }
  }

  /** @throws SessionStoreError */
  async clear(): Promise<void> {
    this.#hasGiven = false;
    try {
      await this.#store?.clear();
    } catch (cause) {
      throw typed("The session store could not be cleared: the next start would find the old session.", cause);
    }
  }

  /**
   * Saves what a refresh brought, unless another tab or process has written in the meantime.
   * @param before what the store held when the refresh began
   * @param isOurs whether it held this client's own session then
   * @returns the session that counts now, or undefined where the other one has signed out
   */
  async commit(session: Session, before: Session | undefined, isOurs: boolean): Promise<Session | undefined> {
    const now = await this.load();
    if (now === undefined && (before !== undefined || this.isEmptied(now))) return undefined;
    const hasChanged = now !== undefined && now.accessToken !== before?.accessToken;
    // Somebody else has signed in over there: what is theirs stays, and ours lives in memory.
    if (now !== undefined && now.userId !== session.userId && (hasChanged || isOurs)) return session;
    if (hasChanged && now.expiresAtMs >= session.expiresAtMs) return now;
    await this.save(session);
    return session;
  }
}

function typed(message: string, cause: unknown): SessionStoreError {
  return SessionStoreError.is(cause) ? cause : new SessionStoreError(message, { cause });
}
