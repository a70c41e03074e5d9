import type { PortCall } from "../http/port-calls.ts";

/** A node to insert; ids are version 4 UUIDs chosen here (wire 2). */
export interface NewNode {
  id: string;
  convId: string;
  parentId: string;
  type: "1" | "2";
  position: { x: number; y: number };
  data: Record<string, string | boolean>;
}

/** Where a page of rows begins: after the row with this time and id, in an order from the newest to the oldest. */
export interface PageCursor {
  at: string | null;
  id: string;
}

/** A page of rows, newest first: from an offset, or after a row. */
export interface PageQuery {
  limit: number;
  offset?: number | undefined;
  after?: PageCursor | undefined;
}

/** Which conversations to list. */
export interface ConversationQuery extends PageQuery {
  userId: string;
  /** Undefined: those of no project. */
  projectId: string | undefined;
}

/** Whose cooperations to list. */
export interface CooperationQuery {
  userId: string;
  /** Undefined: all that are not deleted. */
  convId: string | undefined;
  /** Without what is pinned, and without what nobody else takes part in. */
  excludeTop: boolean;
}

/** Conversations and nodes. Rows are handed over as the server sent them; core checks their shape. */
export interface CanvasPort {
  /** @returns the new conversation's row, with at least its `id` */
  createConversation(input: { userId: string }, call: PortCall): Promise<unknown>;
  /** All of them in one request, so that either all or none are there. */
  insertNodes(nodes: readonly NewNode[], call: PortCall): Promise<void>;
  /**
   * Rows by their own id, or by that of the node above them, with `id`, `p_id`, `data` and `type`; missing or invisible
   * ones are left out. In one request.
   */
  nodesByIds(ids: readonly string[], parentIds: readonly string[], call: PortCall): Promise<unknown>;
  /** The conversation's nodes that are not deleted, ordered by `created_at, type, id` (wire 2.1). */
  nodesOfConversation(convId: string, call: PortCall): Promise<unknown>;
  /** Those that are not deleted, by `updated_at, id`. */
  conversations(query: ConversationQuery, call: PortCall): Promise<unknown>;
  conversation(convId: string, call: PortCall): Promise<unknown>;
  /** @returns the rows that were changed: none where it does not exist or is not the user's */
  updateConversation(convId: string, changes: ConversationChanges, call: PortCall): Promise<unknown>;
  /** Only where it has no title, or an empty one, and is not deleted. */
  titleConversation(convId: string, title: string, call: PortCall): Promise<void>;
  /** Rows of `cooperate` with the conversation embedded under `conv_id`. */
  cooperations(query: CooperationQuery, call: PortCall): Promise<unknown>;
  novelEditor(convId: string, call: PortCall): Promise<unknown>;
  discussions(convId: string, call: PortCall): Promise<unknown>;
  oracleStream(convId: string, call: PortCall): Promise<unknown>;
}

/** What of a conversation to change. */
export interface ConversationChanges {
  title?: string | undefined;
  isDeleted?: boolean | undefined;
}

/** The user's own rows. */
export interface AccountPort {
  profile(userId: string, call: PortCall): Promise<unknown>;
  /** @returns the rows that were changed */
  updateProfile(userId: string, fields: Record<string, unknown>, call: PortCall): Promise<unknown>;
  /** By `created_at, id`. */
  uploads(query: PageQuery & { userId: string }, call: PortCall): Promise<unknown>;
  /** Those that are valid at a time, ISO 8601, with `subscription_type` embedded. */
  subscriptions(at: string, call: PortCall): Promise<unknown>;
}

/** What the service publishes, and the user's projects. */
export interface ContentPort {
  notices(call: PortCall): Promise<unknown>;
  projects(call: PortCall): Promise<unknown>;
  migration(call: PortCall): Promise<unknown>;
}

/** Parameters of `upsert_online_session`. */
export interface OnlineSessionArguments {
  p_session_id: string;
  p_current_path?: string | undefined;
  p_device_type?: string | undefined;
  p_platform?: string | undefined;
  p_browser?: string | undefined;
  p_locale?: string | undefined;
  p_subscription_tier?: string | undefined;
  p_is_idle?: boolean | undefined;
}

/** Who is online, by remote procedures. */
export interface PresencePort {
  upsert(session: OnlineSessionArguments, call: PortCall): Promise<unknown>;
  remove(sessionId: string, call: PortCall): Promise<unknown>;
  count(call: PortCall): Promise<unknown>;
}
