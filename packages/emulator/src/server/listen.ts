import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { ConnectionSevered } from "../http/connection-severed.ts";
import type { Handler } from "./request-handler.ts";

export interface Listening {
  port: number;
  close(): Promise<void>;
}

function bind(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const address: AddressInfo | string | null = server.address();
      resolve(address === null || typeof address === "string" ? port : address.port);
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** As the last time, so that the addresses of files stay good; on any free port when that is taken. */
export async function listenAgain(handle: Handler, previousUrl: string | undefined, host: string): Promise<Listening> {
  const previousPort = previousUrl === undefined ? 0 : Number(new URL(previousUrl).port);
  try {
    return await listen(handle, previousPort, host);
  } catch (error) {
    const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
    if (!isTaken || previousPort === 0) throw error;
    return listen(handle, 0, host);
  }
}

/** Serves on a port; on loopback for IPv6 too, since `localhost` means either. */
export async function listen(handle: Handler, port: number, host: string): Promise<Listening> {
  const listener = getRequestListener(
    async (request, { outgoing }) => {
      const socket = "req" in outgoing && "shouldKeepAlive" in outgoing ? outgoing : undefined;
      try {
        return await handle(request, socket);
      } catch (error) {
        if (!(error instanceof ConnectionSevered)) throw error;
        outgoing.destroy();
        return new Response(null);
      }
    },
    // the emulator lives in its user's process, whose globals are not its to replace; HTTP/1.0 names no host
    { overrideGlobalObjects: false, hostname: "localhost" },
  );
  const create = (): Server => createServer({ keepAliveTimeout: 30_000, requestTimeout: 0 }, listener);
  const server = create();
  const boundPort = await bind(server, port, host);
  const servers = [server];
  if (host === "127.0.0.1") {
    const second = create();
    const isBound = await bind(second, boundPort, "::1").then(
      () => true,
      () => false,
    );
    if (isBound) servers.push(second);
  }
  return {
    port: boundPort,
    close: async () => {
      await Promise.all(servers.map(closed));
    },
  };
}
