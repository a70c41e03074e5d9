import type { EdgeClient } from "../http/edge-client.ts";
import type { PortCalls } from "../http/port-calls.ts";
import { Account } from "../resources/account.ts";
import { Campaigns } from "../resources/campaigns.ts";
import { Community } from "../resources/community.ts";
import { Content } from "../resources/content.ts";
import { Conversations } from "../resources/conversations.ts";
import type { ModelCatalogue } from "../resources/model-catalogue.ts";
import { Models } from "../resources/models.ts";
import { Presence } from "../resources/presence.ts";
import { Templates } from "../resources/templates.ts";
import type { Canvas } from "../rows/canvas.ts";
import type { SessionManager } from "../session/session-manager.ts";
import type { Backend } from "./platform.ts";

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
}

export function wireResources(
  backend: Backend,
  calls: PortCalls,
  canvas: Canvas,
  edge: EdgeClient,
  session: SessionManager,
  catalogue: ModelCatalogue,
): Resources {
  return {
    conversations: new Conversations(backend.canvas, calls, canvas, edge, session),
    account: new Account(backend.account, calls, edge, session),
    models: new Models(catalogue),
    templates: new Templates(edge),
    content: new Content(backend.content, calls),
    campaigns: new Campaigns(edge),
    community: new Community(edge),
    presence: new Presence(backend.presence, calls),
  };
}
