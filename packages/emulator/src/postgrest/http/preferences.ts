export type Resolution = "merge-duplicates" | "ignore-duplicates";
export type Representation = "representation" | "minimal" | "headers-only";
export type Count = "exact" | "planned" | "estimated";

/** The Prefer header. The first known value of a kind counts. */
export interface Preferences {
  readonly resolution: Resolution | undefined;
  readonly representation: Representation | undefined;
  readonly count: Count | undefined;
  readonly missing: "default" | "null" | undefined;
  readonly handling: "strict" | "lenient" | undefined;
  readonly timezone: string | undefined;
  readonly maxAffected: number | undefined;
  readonly unknown: readonly string[];
}

const choices = {
  resolution: ["merge-duplicates", "ignore-duplicates"],
  return: ["representation", "minimal", "headers-only"],
  count: ["exact", "planned", "estimated"],
  missing: ["default", "null"],
  handling: ["strict", "lenient"],
  // Known, but switched off on the server: never applied, never unknown.
  tx: ["commit", "rollback"],
} as const;

const accepted = new Set(Object.entries(choices).flatMap(([key, values]) => values.map((value) => `${key}=${value}`)));

function firstOf<T extends string>(tokens: readonly string[], key: string, values: readonly T[]): T | undefined {
  for (const token of tokens) {
    const value = values.find((candidate) => token === `${key}=${candidate}`);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Whether the names of timezones have to be known to read it. */
export function namesTimezone(header: string | null): boolean {
  return header?.includes("timezone=") ?? false;
}

export function parsePreferences(header: string | null, timezones: ReadonlySet<string>): Preferences {
  const tokens = header === null ? [] : header.split(",").map((token) => token.trim());
  const valueFor = (key: string): string | undefined =>
    tokens.find((t) => t.startsWith(`${key}=`))?.slice(key.length + 1);
  const timezone = valueFor("timezone");
  const isKnownZone = timezone !== undefined && timezones.has(timezone);
  const maxAffected = valueFor("max-affected");
  return {
    resolution: firstOf(tokens, "resolution", choices.resolution),
    representation: firstOf(tokens, "return", choices.return),
    count: firstOf(tokens, "count", choices.count),
    missing: firstOf(tokens, "missing", choices.missing),
    handling: firstOf(tokens, "handling", choices.handling),
    timezone: isKnownZone ? timezone : undefined,
    maxAffected: maxAffected !== undefined && /^-?\d+$/.test(maxAffected) ? Number(maxAffected) : undefined,
    unknown: tokens.filter(
      (token) =>
        !accepted.has(token) && !(token.startsWith("timezone=") && isKnownZone) && !token.startsWith("max-affected="),
    ),
  };
}

export type AppliedPreference = Exclude<keyof Preferences, "unknown">;

/** The Preference-Applied header for those preferences that matter to the kind of request. */
export function appliedPreferences(
  preferences: Preferences,
  relevant: readonly AppliedPreference[],
): Record<string, string> {
  const has = (name: AppliedPreference): boolean => relevant.includes(name) && preferences[name] !== undefined;
  const applied = [
    ...(has("resolution") ? [`resolution=${preferences.resolution}`] : []),
    ...(has("missing") ? [`missing=${preferences.missing}`] : []),
    ...(has("representation") ? [`return=${preferences.representation}`] : []),
    ...(has("count") ? [`count=${preferences.count}`] : []),
    ...(has("handling") ? [`handling=${preferences.handling}`] : []),
    ...(has("timezone") ? [`timezone=${preferences.timezone}`] : []),
    ...(has("maxAffected") && preferences.handling === "strict" ? [`max-affected=${preferences.maxAffected}`] : []),
  ];
  return applied.length === 0 ? {} : { "preference-applied": applied.join(", ") };
}

export function wantsTotal(preferences: Preferences): boolean {
  return preferences.count === "exact" || preferences.count === "estimated";
}
