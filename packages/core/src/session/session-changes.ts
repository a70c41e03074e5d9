import { Listeners } from "../options/listeners.ts";
import type { Logger } from "../options/logger.ts";
import type { Session } from "./session-store.ts";

/** A change of the session, wherever it was made: by this client, or by another tab or process with the same store. */
export interface SessionChange {
  type: "signed-in" | "refreshed" | "signed-out";
  /** Null after `signed-out`. */
  session: Session | null;
}

/** Called after a change, when its session is saved and in use. What it throws is logged and harms nobody. */
export type SessionListener = (change: SessionChange) => void;

/** Keeps changes until everything has settled, then tells them in order. */
export class SessionChanges {
  readonly #listeners: Listeners<SessionChange>;
  #pending: SessionChange[] = [];

  constructor(logger: Logger) {
    this.#listeners = new Listeners("auth.onChange", logger);
  }

  /** @returns what ends it */
  add(listener: SessionListener): () => void {
    return this.#listeners.add(listener);
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
