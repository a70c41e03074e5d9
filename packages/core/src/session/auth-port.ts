import type { PortCall } from "../http/port-calls.ts";

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
