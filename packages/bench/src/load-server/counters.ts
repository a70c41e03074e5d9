import type { Server } from "node:http";

/** What the server saw of a client: connections, and requests by method and path. */
export class Counters {
  #connections = 0;
  #openConnections = 0;
  #mostOpen = 0;
  #requests: Record<string, number> = {};
  readonly #streams: () => number;

  /** @param streams tells how many event streams are open */
  constructor(streams: () => number) {
    this.#streams = streams;
  }

  watch(server: Server): void {
    server.on("connection", (socket) => {
      this.#connections++;
      this.#mostOpen = Math.max(this.#mostOpen, ++this.#openConnections);
      socket.on("close", () => this.#openConnections--);
    });
  }

  request(what: string): void {
    this.#requests[what] = (this.#requests[what] ?? 0) + 1;
  }

  reset(): void {
    this.#connections = 0;
    this.#mostOpen = this.#openConnections;
    this.#requests = {};
  }

  toJSON(): object {
    return {
      connections: this.#connections,
      openConnections: this.#openConnections,
      mostOpen: this.#mostOpen,
      streams: this.#streams(),
      requests: this.#requests,
    };
  }
}
