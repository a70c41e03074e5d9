import type { ConnectionEvent } from "./connection-event.ts";
import type { EventConnection } from "./event-connection.ts";

type Channel = ConnectionEvent["channel"];

export interface EventConnectionsOptions {
  /** False: each piece of work gets connections of its own, which its request takes with it when it ends. */
  isShared: boolean;
  /** @param inUse where it is to be found for as long as it is open */
  create(channel: Channel, inUse: Set<EventConnection>): EventConnection;
}

/** The client's event connections, by channel. */
export class EventConnections {
  readonly #options: EventConnectionsOptions;
  readonly #inUse = new Set<EventConnection>();
  readonly #shared: Record<Channel, EventConnection> | undefined;

  constructor(options: EventConnectionsOptions) {
    this.#options = options;
    if (options.isShared) this.#shared = { stream: this.#create("stream"), sse: this.#create("sse") };
  }

  /** The one that all share, or a new one where none can be shared. */
  of(channel: Channel): EventConnection {
    return this.#shared?.[channel] ?? this.#create(channel);
  }

  /** Closes all that are open. */
  close(): void {
    for (const connection of this.#inUse) connection.close();
  }

  #create(channel: Channel): EventConnection {
    return this.#options.create(channel, this.#inUse);
  }
}
