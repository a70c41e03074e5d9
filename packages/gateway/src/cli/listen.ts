import { createServer, type IncomingMessage, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";

export interface Listening {
  url: string;
  /** Takes no more connections, and lets answers that are under way end; what takes longer than the limit is cut. */
  stop(limitMs: number): Promise<void>;
}

type Handler = Parameters<typeof getRequestListener>[0];

/** @throws Error that says what to do, where the port cannot be had */
export async function listen(handler: Handler, port: number, host: string): Promise<Listening> {
  // The process may be another program's, whose globals are not ours to replace. HTTP/1.0 names no host.
  const listener = getRequestListener(handler, {
    overrideGlobalObjects: false,
    hostname: "localhost",
    autoCleanupIncoming: false,
  });
  const server = createServer({ requestTimeout: 0 }, (incoming, outgoing) => {
    outgoing.once("finish", () => letEnd(incoming));
    void listener(incoming, outgoing);
  });
  const boundPort = await bind(server, port, host);
  const name = host.includes(":") ? `[${host}]` : host;
  return { url: `http://${name}:${boundPort}`, stop: (limitMs) => stop(server, limitMs) };
}

/**
 * A client that is answered before its body has come goes on sending, and reads the answer after that. Node itself throws the
 * rest away; a socket that is closed meanwhile would lose the answer.
 */
function letEnd(incoming: IncomingMessage): void {
  if (incoming.complete) return;
  const timer = setTimeout(() => incoming.destroy(), LINGER_MS);
  incoming.once("close", () => clearTimeout(timer));
  incoming.once("end", () => clearTimeout(timer));
  incoming.resume();
}

/** As nginx lets a client go on sending that it has answered. */
const LINGER_MS = 30_000;

function bind(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(new Error(reasonOf(error, port, host), { cause: error })));
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

function reasonOf(error: Error, port: number, host: string): string {
  switch ("code" in error ? error.code : undefined) {
    case "EADDRINUSE":
      return `Port ${port} is taken. Choose another with --port; 0 takes any free one.`;
    case "EACCES":
      return `Port ${port} needs more rights. Choose another with --port; 0 takes any free one.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `This machine has no address ${host}. Choose another with --host.`;
    default:
      return error.message;
  }
}

function stop(server: Server, limitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), limitMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
