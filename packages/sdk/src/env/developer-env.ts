import type { DeveloperClientOptions } from "@flowith-webapi/core/developer";

const NAMES = { apiKey: "FLOWITH_API_KEY", edgeUrl: "FLOWITH_EDGE_URL" } as const;

/** The names of all variables that are read. */
export const DEVELOPER_ENV_NAMES: readonly string[] = Object.values(NAMES);

/** The options, and under them those of the environment; a blank variable counts as absent. */
export function withDeveloperEnv(
  read: (name: string) => string | undefined,
  options: DeveloperClientOptions,
): DeveloperClientOptions {
  const { apiKey = read(NAMES.apiKey)?.trim() || undefined, edgeUrl = read(NAMES.edgeUrl)?.trim() || undefined } =
    options;
  return { ...options, apiKey, edgeUrl };
}
