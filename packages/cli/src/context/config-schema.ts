import * as v from "valibot";
import { isProfileName, PROFILE_NAME_RULE } from "./profile-name.ts";

/** What is remembered of an account, beside its session. */
interface ProfileSettings {
  edgeUrl?: string | undefined;
  supabaseUrl?: string | undefined;
  supabaseKey?: string | undefined;
}

/** `config.json` of the program's folder. */
export interface Config {
  /** The profile that is used when none is named. */
  profile?: string | undefined;
  profiles?: Record<string, ProfileSettings> | undefined;
}

type Fields = Record<string, unknown>;

const fields = v.custom<Fields>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "an object",
);
const text = v.string("a text");
const address = v.pipe(text, v.check(isAddress, "an address that begins with http:// or https://"));
const profileName = v.pipe(text, v.check(isProfileName, PROFILE_NAME_RULE));

const profileSettings = v.pipe(
  fields,
  v.looseObject({
    edgeUrl: v.optional(address),
    supabaseUrl: v.optional(address),
    supabaseKey: v.optional(text),
  }),
);

/** Names that it does not know stay: a newer version of this program may have written them. */
const configSchema: v.GenericSchema<unknown, Config> = v.pipe(
  fields,
  v.looseObject({
    profile: v.optional(profileName),
    profiles: v.optional(v.pipe(fields, v.record(profileName, profileSettings))),
  }),
);

/** The settings that a document holds, or what is wrong with it: a line each, which names the key and what belongs there. */
export function parsedConfig(value: unknown): { config: Config } | { problems: string[] } {
  const read = v.safeParse(configSchema, value);
  if (read.success) return { config: read.output };
  return { problems: read.issues.map(problemOf) };
}

function problemOf(issue: v.BaseIssue<unknown>): string {
  const key = v.getDotPath(issue);
  const isKey = issue.path?.at(-1)?.origin === "key";
  const place = key === null ? "the whole of it" : isKey ? `the name ${shown(issue.input)} in profiles` : key;
  return `${place} has to be ${issue.message}, and is ${isKey ? "not" : kindOf(issue.input)}.`;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return shown(value);
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function shown(value: unknown): string {
  const text = String(value);
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

function isAddress(value: string): boolean {
  return /^https?:$/.test(URL.parse(value)?.protocol ?? "");
}
