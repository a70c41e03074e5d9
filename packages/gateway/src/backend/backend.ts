import type { ModelInfo, PooledClient } from "flowith-webapi";
import type { Chat, ChatRequest } from "./chat.ts";
import type { Clips } from "./clips.ts";
import type { DeveloperBackend } from "./developer-backend.ts";
import type { PictureRequest, Pictures } from "./pictures.ts";
import type { WebBackend } from "./web-backend.ts";

/** What both kinds of sign-in can do. */
export interface BackendBase extends PooledClient {
  /** Whether answers have token usage. */
  readonly reportsUsage: boolean;
  /** @throws AuthenticationError where the service does not know the account, though its catalogue is open to all */
  models(signal: AbortSignal): Promise<ModelInfo[]>;
  pictures(request: PictureRequest, signal: AbortSignal): Promise<Pictures>;
  readonly clips: Clips;
  /** @throws GatewayError 400 at once for what cannot be asked; `events` throws what the SDK does */
  chat(request: ChatRequest, signal: AbortSignal): Chat;
}

/** The account behind a caller: `kind` tells which client there is for what only one of them has. */
export type Backend = WebBackend | DeveloperBackend;
