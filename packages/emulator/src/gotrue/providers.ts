import { ApiError } from "./api-error.ts";

export interface ProviderSettings {
  /** Where the provider asks for consent. The emulator's own page when absent. */
  authorizeUrl?: string;
  clientId: string;
  scopes: readonly string[];
}

/** The providers that are switched on. */
export type Providers = Readonly<Record<string, ProviderSettings>>;

/** What the emulator offers without being told: the web app's providers, all through the local consent page. */
export const localProviders: Providers = {
  google: { clientId: "google-client", scopes: ["email", "profile"] },
  github: { clientId: "github-client", scopes: ["user:email"] },
  gitlab: { clientId: "gitlab-client", scopes: ["read_user"] },
  twitter: { clientId: "twitter-client", scopes: [] },
};

const known: readonly string[] = [
  ..."apple azure bitbucket discord facebook figma fly github gitlab google kakao keycloak".split(" "),
  ..."linkedin linkedin_oidc notion slack slack_oidc snapchat spotify twitch twitter".split(" "),
  ..."vercel_marketplace workos x zoom".split(" "),
];

/** @throws ApiError for a provider that is unknown or switched off */
export function findProvider(providers: Providers, name: string): ProviderSettings {
  const unsupported = (reason: string) => new ApiError(400, "validation_failed", `Unsupported provider: ${reason}`);
  const key = name.toLowerCase();
  if (key.startsWith("custom:")) throw unsupported(`custom provider ${key} not found`);
  if (!known.includes(key)) throw unsupported(`Provider ${key} could not be found`);
  const provider = Object.hasOwn(providers, key) ? providers[key] : undefined;
  if (provider === undefined) throw unsupported("provider is not enabled");
  return provider;
}

/** The order in which `/settings` lists them. */
const listed: readonly string[] = [
  ..."apple azure bitbucket discord facebook snapchat figma fly github gitlab google keycloak kakao".split(" "),
  ..."linkedin linkedin_oidc notion spotify slack slack_oidc workos twitch twitter".split(" "),
];

export function providerSwitches(providers: Providers): Record<string, boolean> {
  const switches = listed.map((name): [string, boolean] => [name, Object.hasOwn(providers, name)]);
  return {
    anonymous_users: true,
    ...Object.fromEntries(switches),
    email: true,
    phone: false,
    zoom: Object.hasOwn(providers, "zoom"),
  };
}
