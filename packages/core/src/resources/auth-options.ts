import type { CallOptions } from "../options/options.ts";
import type { OAuthRequest } from "../session/auth-port.ts";

/** What a sign-in through a provider asks for. */
export interface OAuthOptions {
  /** Default `google`; `github` and `twitter` are known to work as well. */
  provider?: "google" | "github" | "twitter" | (string & {}) | undefined;
  /** Where the user comes back to; the service accepts addresses that it knows. Default `https://flowith.io`. */
  redirectTo?: string | URL | undefined;
  /** What to ask the provider for beside the usual, separated by spaces. */
  scopes?: string | undefined;
  /** Default `offline`. */
  accessType?: "offline" | "online" | (string & {}) | undefined;
  /** Default `consent`. */
  prompt?: "consent" | "none" | "select_account" | (string & {}) | undefined;
  /** Google's `include_granted_scopes`. Default: not sent. */
  includeGrantedScopes?: boolean | undefined;
  /** Further parameters for the provider; they go over those above. */
  queryParams?: Record<string, string> | undefined;
}

/** A sign-in through a provider, and the call that begins it. */
export interface OAuthCallOptions extends OAuthOptions, CallOptions {}

/** Whom to sign in. */
export interface PasswordOptions extends CallOptions {
  email: string;
  password: string;
}

/** What to sign out of. */
export interface LogoutOptions extends CallOptions {
  /** Which sessions end: all of the user's, this one, or all but this one. Default `global`. */
  scope?: "global" | "local" | "others" | undefined;
}

/** The options with their defaults, in the words of the auth server. */
export function oauthRequest(options: OAuthOptions): OAuthRequest {
  return {
    provider: options.provider ?? "google",
    redirectTo: String(options.redirectTo ?? "https://flowith.io"),
    scopes: options.scopes,
    queryParams: {
      access_type: options.accessType ?? "offline",
      prompt: options.prompt ?? "consent",
      ...(options.includeGrantedScopes === undefined
        ? {}
        : { include_granted_scopes: String(options.includeGrantedScopes) }),
      ...options.queryParams,
    },
  };
}
