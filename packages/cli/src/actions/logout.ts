import {
  AuthenticationError,
  ConnectionError,
  FlowithError,
  fileSessionStore,
  type SessionStore,
} from "flowith-webapi";
import { CliError, QuietEnd, usageError } from "../cli-error.ts";
import type { Addresses } from "../context/addresses.ts";
import type { Context } from "../context/context.ts";
import { isOfThisMachine } from "../context/loopback-address.ts";
import { profileNames } from "../context/profile-names.ts";
import { forgetAddresses, rememberedAddresses } from "../context/remember-addresses.ts";
import { readSessionFile, sourceName } from "../context/session-file.ts";
import { type SessionSource, sessionFile } from "../context/settings.ts";
import { ExitCode } from "../exit-codes.ts";
import { reportError } from "../output/error-report.ts";
import { oneLine } from "../output/printable.ts";

export interface LogoutFlags {
  scope?: "global" | "local" | "others";
  all?: boolean;
  force?: boolean;
}

/** `ended` at the service, `removed` here alone, `kept` (scope others), `none` was there. */
type Outcome = "ended" | "removed" | "kept" | "none";

interface Ending {
  outcome: Outcome;
  /** Why it was not ended at the service as well, where that was wanted. */
  error?: unknown;
}

/** `{ sessions: [{ profile, sessionFile, outcome, error? }] }`, with `outcome` ended, removed, kept, none or failed. */
export async function logout(context: Context, flags: LogoutFlags): Promise<void> {
  const { output } = context;
  const settings = await context.settings();
  const { source, folders } = settings;
  if (source.kind === "token" && !flags.all) return await logoutOfToken(context, flags);
  const sources = flags.all ? await allProfiles(context) : [source];
  const results: Record<string, unknown>[] = [];
  const lines: string[] = [];
  let isPartly = false;
  for (const one of sources) {
    if (one.kind === "token") continue;
    const where = { profile: one.kind === "profile" ? one.profile : null, sessionFile: one.file };
    try {
      const { outcome, error } = await endSession(context, one, one.file, flags);
      results.push({ ...where, outcome, ...(error === undefined ? {} : { error: reportError(error).json }) });
      lines.push(said(outcome, one));
      if (error !== undefined) isPartly = true;
      if (outcome !== "kept" && one.kind === "profile") await forgetAddresses(settings, one.profile);
    } catch (error) {
      context.signal.throwIfAborted();
      if (!flags.all) throw error;
      isPartly = true;
      results.push({ ...where, outcome: "failed", error: reportError(error).json });
      output.warn(`${sourceName(one)}: ${reportError(error).message}`);
    }
  }
  if (sources.length === 0) lines.push(`Nobody is signed in: there is no session in ${folders.sessions}.`);
  await output.result({ sessions: results }, () => lines.join("\n"));
  if (source.kind === "token")
    output.warn("FLOWITH_TOKEN of your environment is still there: only your shell can take it out.");
  if (isPartly) throw new QuietEnd(ExitCode.Partly);
}

function said(outcome: Outcome, source: SessionSource): string {
  const name = sourceName(source);
  if (outcome === "none") return `Nobody is signed in as ${name}.`;
  if (outcome === "kept") return `All other sessions of this account are over; ${name} stays signed in.`;
  return outcome === "ended" ? `Signed out: ${name}.` : `The session of ${name} was removed here.`;
}

async function allProfiles(context: Context): Promise<SessionSource[]> {
  const { folders, config } = await context.settings();
  const names = await profileNames(folders, config);
  const sources = names.map((profile) => ({ kind: "profile", profile, file: sessionFile(folders, profile) }) as const);
  const stored = await Promise.all(sources.map(({ file }) => readSessionFile(file)));
  const hasAddresses = (profile: string): boolean => Object.keys(rememberedAddresses(config, profile)).length > 0;
  return sources.filter(({ profile }, i) => stored[i]?.kind !== "none" || hasAddresses(profile));
}

async function endSession(context: Context, source: SessionSource, file: string, flags: LogoutFlags): Promise<Ending> {
  const store = fileSessionStore(file);
  const stored = await readSessionFile(file);
  if (stored.kind === "none") return { outcome: "none" };
  if (stored.kind === "broken") {
    context.output.warn(`${oneLine(stored.message)} It is deleted.`);
    await store.clear();
    return { outcome: "removed" };
  }
  const { scope = "local" } = flags;
  const client = await context.makeClient({
    ...(source.kind === "profile" ? await addressesOf(context, source.profile) : {}),
    token: undefined,
    refreshToken: undefined,
    userId: undefined,
    store: keptStore(store),
  });
  try {
    await client.auth.logout({ scope, signal: context.signal });
  } catch (error) {
    context.signal.throwIfAborted();
    const isGone = ConnectionError.is(error) && (await wasOfThisMachine(context, source));
    if (!(flags.force || isGone) || scope === "others" || !FlowithError.is(error)) throw notEnded(error, source, file);
    await store.clear();
    const then = isGone
      ? "The server that this session is of has ended, or does not run now. It is removed here, and was not ended there."
      : "The session was not ended at the service: who has a copy of it can still use it. To end all of them, sign in again and run `flowith logout --scope global`.";
    context.output.warn(`${oneLine(reportError(error).message)} ${then}`);
    return flags.force ? { outcome: "removed" } : { outcome: "removed", error };
  } finally {
    client.close();
  }
  if (scope === "others") return { outcome: "kept" };
  // Another account may have signed in meanwhile.
  const now = await readSessionFile(file);
  if (now.kind !== "session" || now.session.userId === stored.session.userId) await store.clear();
  return { outcome: "ended" };
}

/** Whether a session is of a server that ran on this machine: where nobody listens there any more, nobody ever ends it. */
async function wasOfThisMachine(context: Context, source: SessionSource): Promise<boolean> {
  if (source.kind !== "profile") return false;
  const { config } = await context.settings();
  const remembered = rememberedAddresses(config, source.profile);
  const used = await addressesOf(context, source.profile);
  const { supabaseUrl = "" } = remembered;
  return supabaseUrl === used.supabaseUrl && isOfThisMachine(supabaseUrl);
}

/** The file stays until the service has ended the session: removed, it could not be ended any more. */
function keptStore(store: SessionStore): SessionStore {
  return { load: () => store.load(), save: (session) => store.save(session), clear: async () => {} };
}

/** A session goes to nobody but the service that it is of: with `--all`, that which was remembered with each. */
async function addressesOf(context: Context, profile: string): Promise<Addresses> {
  const settings = await context.settings();
  const { edgeUrl, supabaseUrl, supabaseKey } =
    profile === settings.profile ? settings : (settings.config.profiles?.[profile] ?? {});
  return { edgeUrl, supabaseUrl, supabaseKey };
}

function notEnded(error: unknown, source: SessionSource, file: string): unknown {
  if (!FlowithError.is(error) || AuthenticationError.is(error)) return error;
  const { exitCode } = reportError(error);
  return new CliError(`${sourceName(source)} is still signed in: ${oneLine(reportError(error).message)}`, {
    exitCode: exitCode === ExitCode.TryLater ? ExitCode.TryLater : ExitCode.Failed,
    code: error.code,
    hint: `Try later, or remove it here alone with --force: ${file}`,
    cause: error,
  });
}

/** The environment is the shell's. What can be done is done where it is asked for by name. */
async function logoutOfToken(context: Context, flags: LogoutFlags): Promise<void> {
  const { output, signal } = context;
  if (flags.scope === undefined) {
    throw usageError(
      "The session comes from FLOWITH_TOKEN, which only your shell can take out.",
      "Take it out (unset FLOWITH_TOKEN FLOWITH_REFRESH_TOKEN); --scope local ends it at the service, --profile means a session that is kept here.",
    );
  }
  const client = await context.client();
  await client.auth.logout({ scope: flags.scope, signal });
  const outcome = flags.scope === "others" ? "kept" : "ended";
  await output.result({ sessions: [{ profile: null, sessionFile: null, outcome }] }, () =>
    said(outcome, { kind: "token" }),
  );
  if (outcome === "ended") output.warn("FLOWITH_TOKEN of your environment is of no use any more: take it out.");
}
