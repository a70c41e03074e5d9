import { SessionStoreError } from "../errors/session-store-error.ts";
import { diskCode, storeFailure } from "../errors/store-failure.ts";
import { now } from "../timing/now.ts";
import { isOf, isOfAnother } from "./session-rules.ts";
import type { Session, SessionStore } from "./session-store.ts";
import { checkStoredSession } from "./stored-session.ts";

/** How old what is known of it may be. */
const FRESH_MS = 5_000;

/**
 * The caller's store with its content checked and its failures typed. No refresh overwrites a later session in it, or
 * another user's.
 */
export class GuardedStore {
  readonly #store: SessionStore | undefined;
  /** What it held last, once it has given something back: by being empty, a mere `save` hook says nothing. */
  #lastKnown: Session | undefined;
  #knownAtMs: number = Number.NEGATIVE_INFINITY;
  /** The access token of the one session of another user whose place a refresh may take. */
  #replaceable: string | undefined;

  constructor(store: SessionStore | undefined) {
    this.#store = store;
  }

  get isThere(): boolean {
    return this.#store !== undefined;
  }

  /** Whether it was read, or written, so long ago that others may have changed it since. */
  get isToBeReadAgain(): boolean {
    return this.isThere && now() - this.#knownAtMs > FRESH_MS;
  }

  /** It is not to be asked again just now. */
  putOff(): void {
    this.#knownAtMs = now();
  }

  /** @returns what ends it; without a store that tells of changes, nothing is begun */
  subscribe(listener: () => void): () => void {
    return this.#store?.subscribe?.(listener) ?? (() => undefined);
  }

  /** @throws SessionStoreError */
  async load(): Promise<Session | undefined> {
    const content = await this.#read();
    if ("broken" in content) throw content.broken;
    return content.session;
  }

  /** Whether what was loaded means that this user was signed out by another tab or process. */
  isEmptied(loaded: Session | undefined, userId: string): boolean {
    return loaded === undefined && this.#lastKnown !== undefined && !isOfAnother(this.#lastKnown, userId);
  }

  /**
   * Whether it holds another user's session. What is no session at all is nobody's.
   * @throws SessionStoreError where it cannot be read, and might hold one
   */
  async holdsAnothers(userId: string): Promise<boolean> {
    const content = await this.#read();
    return "session" in content && isOfAnother(content.session, userId);
  }

  /** Lets the next session that is saved take this one's place, though it is another user's. */
  mayReplace(session: Session): void {
    this.#replaceable = session.accessToken;
  }

  /** @throws SessionStoreError */
  async save(session: Session): Promise<void> {
    try {
      await this.#store?.save(session);
    } catch (cause) {
      throw typed("The session store could not save the session.", cause);
    }
    this.#replaceable = undefined;
    if (this.#lastKnown !== undefined) this.#lastKnown = session;
    // The first time: whether it gives anything back, so that being emptied later says something.
    else await this.#read().catch(() => undefined);
    this.#knownAtMs = now();
  }

  /** @throws SessionStoreError */
  async clear(): Promise<void> {
    this.#lastKnown = undefined;
    try {
      await this.#store?.clear();
    } catch (cause) {
      throw typed("The session store could not be cleared: the next start would find the old session.", cause);
    }
  }

  /**
   * Saves what a refresh brought, unless another tab or process has written in the meantime, or another user's is there.
   * @param before what the store held when the refresh began
   * @returns the session that counts now, or undefined where the other one has signed out
   */
  async commit(session: Session, before: Session | undefined): Promise<Session | undefined> {
    const now = await this.load();
    const { userId } = session;
    if (this.isEmptied(now, userId)) return undefined;
    // Theirs stays, and ours lives in memory.
    if (isOfAnother(now, userId) && now?.accessToken !== this.#replaceable) return session;
    const hasChanged = now !== undefined && now.accessToken !== before?.accessToken;
    if (hasChanged && isOf(now, userId) && now.expiresAtMs >= session.expiresAtMs) return now;
    await this.save(session);
    return session;
  }

  /** Puts the session that counts in the place of one that was saved too late, unless another user's is there now. */
  async undo(saved: Session, current: Session | undefined): Promise<void> {
    if (await this.holdsAnothers(saved.userId)) return;
    await (current === undefined ? this.clear() : this.save(current));
  }

  async #read(): Promise<{ session: Session | undefined } | { broken: SessionStoreError }> {
    try {
      const stored: unknown = await this.#store?.load();
      if (stored === undefined || stored === null) return { session: undefined };
      this.#lastKnown = checkStoredSession(stored);
      return { session: this.#lastKnown };
    } catch (error) {
      // A store whose text is no session says so by the same error as the check; one on a disk may type its own failures.
      if (SessionStoreError.is(error) && diskCode(error.cause) === "") return { broken: error };
      throw typed("The session store could not be read.", error);
    } finally {
      // A failure counts: one that fails slowly is not asked by every call.
      this.#knownAtMs = now();
    }
  }
}

function typed(message: string, cause: unknown): SessionStoreError {
  if (SessionStoreError.is(cause)) return cause;
  const failure = storeFailure(message, cause);
  return new SessionStoreError(failure.message, failure);
}
