import { Listeners } from "../options/listeners.ts";
import type { Logger } from "../options/logger.ts";
import type { Session } from "./session-store.ts";

/** A change of the session, wherever it was made: by this client, or by another tab or process with the same store. */
export interface SessionChange {
  /**
   * `expired`: a call has found that no valid token can be had any more, since the refresh token was refused or there is
   * none, and the user has to sign in again. Told once for each session; the store keeps it, another process may be ahead.
   */
  type: "signed-in" | "refreshed" | "signed-out" | "expired";
  /** Null after `signed-out` and `expired`. */
  session: Session | null;
}

/** Called after a change, when its session is saved and in use. What it throws is logged and harms nobody. */
export type SessionListener = (change: SessionChange) => void;

/** Keeps changes until everything has settled, then tells them in order. */
export class SessionChanges {
  readonly #listeners: Listeners<SessionChange>;
  readonly #watch: () => () => void;
  #pending: SessionChange[] = [];
  #listening = 0;
  #unwatch: (() => void) | undefined;

  /** @param watch called when the first listener comes; what it returns, when the last one has left */
  constructor(logger: Logger, watch: () => () => void) {
    this.#listeners = new Listeners("auth.onChange", logger);
    this.#watch = watch;
  }

  /** @returns what ends it */
  add(listener: SessionListener): () => void {
    const remove = this.#listeners.add(listener);
    if (this.#listening++ === 0) this.#unwatch = this.#watch();
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      remove();
      if (--this.#listening === 0) this.#unwatch?.();
    };
  }

  note(type: SessionChange["type"], session: Session | null): void {
    this.#pending.push({ type, session });
  }

  tell(): void {
    const changes = this.#pending;
    this.#pending = [];
    for (const change of changes) {
      // A copy each: what one listener changes is not the next one's session, nor ours.
      this.#listeners.tell(() => ({ ...change, session: change.session && { ...change.session } }));
    }
  }
}
