/** What a call to a port carries along: the wait that it belongs to. */
export interface PortCall {
  signal?: AbortSignal | undefined;
}

/** A node to insert; ids are version 4 UUIDs chosen here (wire 2). */
export interface NewNode {
  id: string;
  convId: string;
  parentId: string;
  type: "1" | "2";
  position: { x: number; y: number };
  data: Record<string, string | boolean>;
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
}

/** A sign-in through a provider, in the words of the auth server (wire 7). */
export interface OAuthRequest {
  provider: string;
  redirectTo: string;
  scopes: string | undefined;
  /** Passed on to the provider. */
  queryParams: Record<string, string>;
}

/** Answers are handed over as the server sent them; core checks their shape. */
export interface AuthPort {
  /**
   * One POST with the refresh token; never through supabase-js's session, or there would be two owners of it.
   * @returns the auth server's session object (wire 7)
   */
  refresh(refreshToken: string, call: PortCall): Promise<unknown>;
  /** @returns the auth server's session object */
  signInWithPassword(credentials: { email: string; password: string }, call: PortCall): Promise<unknown>;
  /** The address of the provider's page for the implicit flow. No request. */
  oauthUrl(request: OAuthRequest): string;
  /** The same for PKCE: leaves the verifier in the context's `verifierStore`. */
  startOAuth(request: OAuthRequest, call: PortCall): Promise<string>;
  /** @returns the auth server's session object */
  exchangeCode(code: string, call: PortCall): Promise<unknown>;
  /** @returns the auth server's user object */
  user(token: string, call: PortCall): Promise<unknown>;
  signOut(token: string, scope: "global" | "local" | "others", call: PortCall): Promise<void>;
}

/** What core asks of the package that talks to Supabase. */
export interface Backend {
  canvas: CanvasPort;
  auth: AuthPort;
}
