import * as v from "valibot";
import { filledText, flag, text, valueThat } from "../options/option-values.ts";
import type { CallOptions } from "../options/options.ts";
import { callEntries } from "../options/options-check.ts";
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

type Schema = v.StrictObjectSchema<v.ObjectEntries, undefined>;

const redirect = valueThat("a URL", (value) => value instanceof URL || v.is(filledText, value));

const oauthEntries: v.ObjectEntries = {
  provider: v.optional(filledText),
  redirectTo: v.optional(redirect),
  scopes: v.optional(text),
  accessType: v.optional(filledText),
  prompt: v.optional(filledText),
  includeGrantedScopes: v.optional(flag),
  queryParams: v.optional(v.record(text, text)),
};

/** What these options must be. */
export const oauthSchema: Schema = v.strictObject(oauthEntries);
export const oauthCallSchema: Schema = v.strictObject({ ...callEntries, ...oauthEntries });
export const passwordSchema: Schema = v.strictObject({ ...callEntries, email: filledText, password: filledText });
export const logoutSchema: Schema = v.strictObject({
  ...callEntries,
  scope: v.optional(v.picklist(["global", "local", "others"])),
});

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
