import type { EdgeClient } from "../http/edge-client.ts";
import type { Logger } from "../options/logger.ts";
import type { Canvas } from "../rows/canvas.ts";
import type { Backend } from "../rows/ports.ts";
import type { RowCalls } from "../rows/row-calls.ts";
import type { SessionManager } from "../session/session-manager.ts";
import { Account } from "./account.ts";
import { Campaigns } from "./campaigns.ts";
import { Community } from "./community.ts";
import { Content } from "./content.ts";
import { Conversations } from "./conversations.ts";
import { ModelCatalogue } from "./model-catalogue.ts";
import { Models } from "./models.ts";
import { Presence } from "./presence.ts";
import { Templates } from "./templates.ts";

export interface ResourceServices {
  backend: Backend;
  rows: RowCalls;
  edge: EdgeClient;
  session: SessionManager;
  canvas: Canvas;
  logger: Logger;
  /** False in Workers, where a request must not wait for what another one has begun. */
  sharesWork: boolean;
}

/** What hangs on a client beside its verbs. */
export interface Resources {
  conversations: Conversations;
  account: Account;
  models: Models;
  templates: Templates;
  content: Content;
  campaigns: Campaigns;
  community: Community;
  presence: Presence;
  /** For checks before a job. */
  catalogue: ModelCatalogue;
}

export function buildResources(services: ResourceServices): Resources {
  const { backend, rows, edge, session } = services;
  const catalogue = new ModelCatalogue(services);
  return {
    conversations: new Conversations({ ...services, port: backend.canvas }),
    account: new Account({ port: backend.account, rows, edge, session }),
    models: new Models(catalogue),
    templates: new Templates(edge),
    content: new Content(backend.content, rows),
    campaigns: new Campaigns(edge),
    community: new Community(edge),
    presence: new Presence(backend.presence, rows),
    catalogue,
  };
}
