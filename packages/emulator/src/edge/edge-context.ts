import type { ServerResponse } from "node:http";
import type { Database } from "../database/database.ts";
import type { FaultBook } from "../faults/fault-book.ts";
import type { JobContext } from "../jobs/job-context.ts";
import type { Connections } from "../streams/connections.ts";
import type { TokenCheck } from "../users/access-token.ts";
import type { ApiKeys } from "../users/api-keys.ts";
import type { KnowledgeStore } from "./developer/knowledge-store.ts";
import type { TaskLog } from "./developer/task-log.ts";

/** What the edge routes work with. */
export interface EdgeContext extends JobContext {
  database: Database;
  connections: Connections;
  faults: Pick<FaultBook, "wishOf">;
  apiKeys: Pick<ApiKeys, "ownerOf">;
  knowledge: KnowledgeStore;
  tasks: TaskLog;
  checkToken: (token: string) => Promise<TokenCheck>;
}

export interface EdgeEnv {
  Bindings: { outgoing?: ServerResponse };
  Variables: { userId: string };
}
