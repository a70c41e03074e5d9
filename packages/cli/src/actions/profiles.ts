import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileSessionStore } from "flowith-webapi";
import { CliError, notFoundError } from "../cli-error.ts";
import { changeConfig } from "../context/config-file.ts";
import type { Context } from "../context/context.ts";
import { checkProfileName } from "../context/profile-name.ts";
import { profileNames } from "../context/profile-names.ts";
import { expiryOf, isLive, readSessionFile, type StoredSession } from "../context/session-file.ts";
import { DEFAULT_PROFILE, sessionFile } from "../context/settings.ts";
import { ExitCode } from "../exit-codes.ts";
import { table } from "../output/table.ts";

function stateOf(stored: StoredSession): "signed in" | "expired" | "signed out" | "unreadable" {
  if (stored.kind === "none") return "signed out";
  if (stored.kind === "broken") return "unreadable";
  return isLive(stored.session) ? "signed in" : "expired";
}

/** `{ current, profiles: [{ name, isCurrent, state, userId, expiresAt, renewsItself, sessionFile, edgeUrl, supabaseUrl }] }` */
export async function listProfiles(context: Context): Promise<void> {
  const { output } = context;
  const { folders, config, profile: current, source } = await context.settings();
  const names = await profileNames(folders, config);
  const profiles = await Promise.all(
    names.map(async (name) => {
      const file = sessionFile(folders, name);
      const stored = await readSessionFile(file);
      const session = stored.kind === "session" ? stored.session : undefined;
      const own = config.profiles?.[name];
      return {
        name,
        isCurrent: name === current,
        state: stateOf(stored),
        userId: session?.userId ?? null,
        expiresAt: session === undefined ? null : expiryOf(session),
        renewsItself: session === undefined ? null : session.refreshToken !== undefined,
        sessionFile: file,
        edgeUrl: own?.edgeUrl ?? null,
        supabaseUrl: own?.supabaseUrl ?? null,
      };
    }),
  );
  await output.result({ current, profiles }, () => {
    if (profiles.length === 0) return "There are no profiles yet: `flowith login` makes one.";
    return table(
      output,
      [
        { title: "profile", value: ({ name, isCurrent }) => (isCurrent ? `${name} *` : name) },
        { title: "state", value: ({ state }) => state },
        { title: "user", value: ({ userId }) => userId, isFlexible: true },
        { title: "until", value: until },
        { title: "service", value: ({ supabaseUrl, edgeUrl }) => supabaseUrl ?? edgeUrl },
      ],
      profiles,
    );
  });
  if (source.kind !== "profile") {
    const name = source.kind === "token" ? "FLOWITH_TOKEN" : "FLOWITH_SESSION_FILE";
    output.note(`${name} of your environment is used in place of them, unless --profile is given.`);
  }
}

function until({ renewsItself, expiresAt }: { renewsItself: boolean | null; expiresAt: string | null }): string {
  if (renewsItself === null) return "";
  return renewsItself ? "renews itself" : (expiresAt?.slice(0, 16).replace("T", " ") ?? "no end");
}

/** `{ profile }` */
export async function useProfile(context: Context, name: string): Promise<void> {
  const { output, shell } = context;
  const { folders, config } = await context.settings();
  checkProfileName(name);
  const names = await profileNames(folders, config);
  if (name !== DEFAULT_PROFILE && !names.includes(name)) throw unknown(name, names);
  await changeConfig(folders.config, (now) => ({ ...now, profile: name }));
  await output.result({ profile: name }, () => `Profile ${name} is used from now on.`);
  const fromEnv = shell.env.FLOWITH_PROFILE?.trim() ?? "";
  if (fromEnv !== "" && fromEnv !== name)
    output.warn(`FLOWITH_PROFILE of your environment says ${JSON.stringify(fromEnv)}, and goes before it.`);
}

/** `{ profile, removed: true }` */
export async function removeProfile(context: Context, name: string, flags: { force?: boolean }): Promise<void> {
  const { output } = context;
  const { folders, config } = await context.settings();
  checkProfileName(name);
  const names = await profileNames(folders, config);
  if (!names.includes(name)) throw unknown(name, names);
  const file = sessionFile(folders, name);
  const stored = await readSessionFile(file);
  const isSignedIn = stored.kind === "session" && isLive(stored.session);
  if (isSignedIn && !flags.force) {
    throw new CliError(`Profile ${name} is signed in.`, {
      exitCode: ExitCode.Usage,
      code: "signed_in",
      hint: `Sign out first: flowith logout --profile ${name}; or --force, which leaves the session alive at the service.`,
    });
  }
  await fileSessionStore(file).clear();
  await changeConfig(folders.config, ({ profile, profiles = {}, ...rest }) => {
    const { [name]: _removed, ...others } = profiles;
    return { ...rest, ...(profile === name ? {} : { profile }), profiles: others };
  });
  await output.result({ profile: name, removed: true }, () => `Profile ${name} is removed.`);
  if (isSignedIn) output.warn("Its session was not ended at the service: who has a copy of it can still use it.");
  const jobs = join(folders.jobs, name);
  const left = await readdir(jobs).catch(() => []);
  // what they have made may be paid for
  if (left.length > 0) output.warn(`The handles of its jobs stay: ${jobs}`);
}

function unknown(name: string, names: readonly string[]): CliError {
  const there = names.length === 0 ? "There are none yet." : `There are: ${names.join(", ")}.`;
  return notFoundError(`There is no profile ${name}. ${there}`, `\`flowith login --profile ${name}\` makes it.`);
}
