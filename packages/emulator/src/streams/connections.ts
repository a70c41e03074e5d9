import type { ServerResponse } from "node:http";
import { Connection, type ConnectionRequest } from "./connection.ts";

/** All streamed answers that are open, so that faults reach them and closing the emulator ends them. */
export interface Connections {
  open(request: ConnectionRequest, outgoing: ServerResponse | undefined, onClose?: () => void): Connection;
  list(): readonly Connection[];
  endAll(): void;
}

export function createConnections(onOpen: (connection: Connection) => void): Connections {
  const connections = new Set<Connection>();
  return {
    open(request, outgoing, onClose) {
      const connection = new Connection(request, outgoing, () => {
        connections.delete(connection);
        onClose?.();
      });
      connections.add(connection);
      onOpen(connection);
      return connection;
    },
    list: () => [...connections],
    endAll() {
      for (const connection of connections) connection.body.end();
    },
  };
}
