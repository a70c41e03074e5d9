import { createHash, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { usageError } from "../cli-error.ts";

/** Who needs longer for the head of a request is no browser of this machine. */
const REQUEST_MS = 10_000;
const MAX_CONNECTIONS = 64;

/** A server that this machine alone can reach. Always by its number: a name may lead elsewhere. */
export class Loopback implements AsyncDisposable {
  readonly server: Server;
  readonly port: number;

  private constructor(server: Server, port: number) {
    this.server = server;
    this.port = port;
  }

  /**
   * @param port 0: any that is free
   * @throws CliError where it cannot be had
   */
  static async listen(port: number): Promise<Loopback> {
    const server = createServer({ headersTimeout: REQUEST_MS, requestTimeout: REQUEST_MS });
    server.maxConnections = MAX_CONNECTIONS;
    try {
      server.listen({ host: "127.0.0.1", port, exclusive: true });
      await once(server, "listening");
    } catch (error) {
      throw usageError(
        `Port ${port} cannot be used: ${error instanceof Error ? error.message : String(error)}`,
        "Leave --port out, and a free one is taken.",
      );
    }
    const address = server.address();
    return new Loopback(server, typeof address === "object" && address !== null ? address.port : port);
  }

  /** False for a page elsewhere whose name was pointed to this machine (DNS rebinding). */
  isMeantBy({ headers }: IncomingMessage): boolean {
    return headers.host === `127.0.0.1:${this.port}` || (this.port === 80 && headers.host === "127.0.0.1");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.server, "close");
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}

/** Compares a secret in a time that says nothing of it. */
export function isSame(given: string, secret: string): boolean {
  const [one, other] = [given, secret].map((text) => createHash("sha256").update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}
