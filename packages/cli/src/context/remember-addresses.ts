import { changeConfig } from "./config-file.ts";
import { ownAddresses } from "./default-addresses.ts";
import type { Settings } from "./settings.ts";

/** Keeps the addresses of this run with the profile, so that its session goes to nobody else. Those of the service need not be. */
export async function rememberAddresses(settings: Settings): Promise<void> {
  const { folders, config, profile } = settings;
  const addresses = ownAddresses(settings);
  const before = config.profiles?.[profile];
  const names = ["edgeUrl", "supabaseUrl", "supabaseKey"] as const;
  if (names.every((name) => before?.[name] === addresses[name])) return;
  await changeConfig(folders.config, (now) => {
    const { edgeUrl: _edge, supabaseUrl: _supabase, supabaseKey: _key, ...rest } = now.profiles?.[profile] ?? {};
    return { ...now, profiles: { ...now.profiles, [profile]: { ...rest, ...addresses } } };
  });
}
