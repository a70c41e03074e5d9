import { type Addresses, ownAddresses } from "./addresses.ts";
import { changeConfig } from "./config-file.ts";
import type { Config } from "./config-schema.ts";
import type { Folders } from "./folders.ts";

const names = ["edgeUrl", "supabaseUrl", "supabaseKey"] as const;

type Kept = { folders: Folders; config: Config };

/** The addresses that a profile was signed in at, where they are not the service's own. */
export function rememberedAddresses({ profiles }: Config, profile: string): Addresses {
  return ownAddresses(profiles?.[profile] ?? {});
}

/**
 * Keeps the addresses of a sign-in with the profile, so that its session goes to nobody else. Those of the service need
 * not be; what was remembered before is forgotten.
 * @returns whether it is another service than before
 */
export async function rememberAddresses(kept: Kept, profile: string, addresses: Addresses): Promise<boolean> {
  const { folders, config } = kept;
  const own = ownAddresses(addresses);
  const before = config.profiles?.[profile];
  if (names.every((name) => before?.[name] === own[name])) return false;
  await changeConfig(folders.config, (now) => {
    const { edgeUrl: _edge, supabaseUrl: _supabase, supabaseKey: _key, ...rest } = now.profiles?.[profile] ?? {};
    return { ...now, profiles: { ...now.profiles, [profile]: { ...rest, ...own } } };
  });
  return true;
}

/** After a sign-out: the profile goes to the service itself again. @returns whether there was something to forget */
export function forgetAddresses(kept: Kept, profile: string): Promise<boolean> {
  return rememberAddresses(kept, profile, {});
}

/** The host that somebody would know a service by. */
export function serviceName({ edgeUrl, supabaseUrl }: Addresses): string {
  return supabaseUrl ?? edgeUrl ?? "flowith.io";
}
