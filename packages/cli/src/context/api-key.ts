/** The key of the developer API, which has nothing to do with a session. */
export function apiKeyOf(env: Readonly<Record<string, string | undefined>>): string | undefined {
  return env.FLOWITH_API_KEY?.trim() || undefined;
}
