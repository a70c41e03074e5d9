import type { ConnectionEvent } from "../events/connection-event.ts";

/** What happens on the client's event connections. */
export class Events {
  readonly #listeners: Set<(event: ConnectionEvent) => void>;

  constructor(listeners: Set<(event: ConnectionEvent) => void>) {
    this.#listeners = listeners;
  }

  /** Calls back at every change of an event connection, such as to show that a page is offline. @returns what ends it */
  onConnection(listener: (event: ConnectionEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
