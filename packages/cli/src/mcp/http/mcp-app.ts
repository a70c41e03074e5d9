import {
  createMcpHandler,
  hostHeaderValidationResponse,
  localhostAllowedHostnames,
} from "@modelcontextprotocol/server";
import { Hono } from "hono";
import { bearerAuth } from "hono/bearer-auth";
import { cors } from "hono/cors";
import type { Desk } from "../desk.ts";
import { makeServer } from "../make-server.ts";
import type { KeyCheck } from "./access-key.ts";

export interface AppOptions {
  /** Undefined: everybody is let in. */
  isKey: KeyCheck | undefined;
  /** Of pages that may connect, as browsers say them. */
  origins: readonly string[];
  isLoopback: boolean;
  onError(message: string): void;
}

/** The server below `/mcp`, behind what keeps strangers and other sites' pages out. */
export function mcpApp(
  desk: Desk,
  { isKey, origins, isLoopback, onError }: AppOptions,
): {
  app: Hono;
  close(): Promise<void>;
} {
  const handler = createMcpHandler(() => makeServer(desk), { onerror: ({ message }) => onError(message) });
  const app = new Hono();
  app.use(async ({ req }, next) => {
    // a name that leads here but is another site's: DNS rebinding
    const refused = isLoopback ? hostHeaderValidationResponse(req.raw, localhostAllowedHostnames()) : undefined;
    if (refused !== undefined) return refused;
    const origin = req.header("origin");
    if (origin !== undefined && !origins.includes(origin)) return refusal("This origin may not connect.");
    return next();
  });
  if (origins.length > 0) {
    app.use(
      cors({
        origin: [...origins],
        allowMethods: ["GET", "POST", "DELETE"],
        exposeHeaders: ["mcp-session-id", "mcp-protocol-version"],
      }),
    );
  }
  if (isKey !== undefined) app.use(bearerAuth({ verifyToken: (token) => isKey(token) }));
  app.all("/mcp", ({ req }) => handler.fetch(req.raw));
  return { app, close: handler.close };
}

function refusal(message: string): Response {
  return Response.json({ jsonrpc: "2.0", id: null, error: { code: -32_000, message } }, { status: 403 });
}
