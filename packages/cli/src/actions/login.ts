import { type AuthUser, type Flowith, fileSessionStore, type Session } from "flowith-webapi";
import { ownAddresses } from "../context/addresses.ts";
import type { Context } from "../context/context.ts";
import { rememberAddresses, rememberedAddresses, serviceName } from "../context/remember-addresses.ts";
import { type Settings, sessionFile } from "../context/settings.ts";
import { oneLine } from "../output/printable.ts";
import { askWay } from "../sign-in/ask.ts";
import { signInByBrowser } from "../sign-in/by-browser.ts";
import { signInByPassword } from "../sign-in/by-password.ts";
import { signInByPaste } from "../sign-in/by-paste.ts";
import { checkWebApp, signInByWebApp } from "../sign-in/by-web-app.ts";
import { overshadowing } from "../sign-in/overshadowing.ts";
import { notKept, prepareSessionFolder } from "../sign-in/session-folder.ts";
import { signInFailure } from "../sign-in/sign-in-failure.ts";
import { type LoginFlags, namedWay, type Way } from "../sign-in/ways.ts";

/** How long the end of a session that cannot be kept may take. */
const FAREWELL_MS = 3_000;

/** `{ userId, email, profile, sessionFile, expiresAt, renewsItself }` */
export async function login(context: Context, flags: LoginFlags): Promise<void> {
  const { output, shell } = context;
  const settings = await context.settings();
  const { folders, profile, given: addresses } = settings;
  const file = sessionFile(folders, profile);
  const named = namedWay(flags);
  await prepareSessionFolder(folders.sessions);
  tellOfAnotherService(context, settings);
  const way = named ?? (await askWay(shell));
  if (way === "web-app") checkWebApp(addresses, flags);
  // A session that is nobody's yet: what is in the file stays until the new one is known to be good.
  const nobody = { token: undefined, refreshToken: undefined, userId: undefined, store: undefined };
  // What was remembered with the former session is not the new one's: its server may be gone.
  const { edgeUrl, supabaseUrl, supabaseKey } = addresses;
  const client = await context.makeClient({ ...nobody, edgeUrl, supabaseUrl, supabaseKey });
  try {
    const { session, user } = await newSession(context, client, way, flags);
    await keep(client, session, file, way);
    const isElsewhere = await rememberAddresses(settings, profile, addresses);
    const own = ownAddresses(addresses);
    if (isElsewhere && Object.keys(own).length > 0)
      output.note(`Profile ${profile} goes to ${serviceName(own)} from now on, until \`flowith logout\`.`);
    const isLasting = session.refreshToken !== undefined;
    // The first of the two that renews it ends it for the other; a sign-out ends it for both.
    if (way === "paste" && isLasting)
      output.note("It is this program's now: close the tab that it was copied from, without signing out there.");
    const expiresAt = Number.isFinite(session.expiresAtMs) ? new Date(session.expiresAtMs).toISOString() : null;
    const json = {
      userId: session.userId,
      email: user?.email ?? null,
      profile,
      sessionFile: file,
      expiresAt,
      renewsItself: isLasting,
    };
    await output.result(json, () =>
      [
        `Signed in as ${output.paint("bold", oneLine(user?.email ?? session.userId))} (profile ${profile}).`,
        ...(isLasting ? [] : [`It lasts until ${expiresAt ?? "the service ends it"}: nothing renews it.`]),
      ].join("\n"),
    );
    for (const line of overshadowing(shell, profile, file, settings.config)) output.warn(line);
  } finally {
    client.close();
  }
}

/** Before anything is sent: the profile has been somewhere else until now. */
function tellOfAnotherService({ output }: Context, { config, profile, given }: Settings): void {
  const before = rememberedAddresses(config, profile);
  const now = ownAddresses(given);
  const names = Object.keys(before);
  if (names.length === 0 || JSON.stringify(before) === JSON.stringify(now)) return;
  output.warn(
    `Profile ${profile} was signed in at ${serviceName(before)}; this sign-in goes to ${serviceName(now)}. To stay there, name the addresses: --edge-url, --supabase-url, --supabase-key.`,
  );
}

/** @throws CliError for a refusal, in words for who tried it */
async function newSession(
  context: Context,
  client: Flowith,
  way: Way,
  flags: LoginFlags,
): Promise<{ session: Session; user: AuthUser | undefined }> {
  try {
    const isFresh = await signIn(context, client, way, flags);
    const user = await whoIsIt(context, client, isFresh);
    const session = await client.auth.session();
    if (session === null) throw new Error("The session has ended while it was being asked for its user.");
    return { session, user };
  } catch (error) {
    throw signInFailure(error, way);
  }
}

/** @returns whether the session has just come from the service, so that it is good, and lost if it is not kept */
async function signIn(context: Context, client: Flowith, way: Way, flags: LoginFlags): Promise<boolean> {
  if (way === "paste") return (await signInByPaste(context, client)).isSpent;
  if (way === "web-app") await signInByWebApp(context, client, flags);
  else if (way === "browser") await signInByBrowser(context, client, flags);
  else await signInByPassword(context, client, flags);
  return way !== "web-app";
}

/** A session that is known to be good is not given up for a name that cannot be asked for. */
async function whoIsIt({ output, signal }: Context, client: Flowith, isFresh: boolean): Promise<AuthUser | undefined> {
  try {
    return await client.auth.user({ signal });
  } catch (error) {
    signal.throwIfAborted();
    if (!isFresh) throw error;
    output.warn("The service has not said who it is; `flowith whoami` asks again.");
    return undefined;
  }
}

async function keep(client: Flowith, session: Session, file: string, way: Way): Promise<void> {
  try {
    await fileSessionStore(file).save(session);
  } catch (cause) {
    // One that was begun here and is nowhere is to be over; one that was pasted is still somebody's.
    if (way === "browser" || way === "password") {
      await client.auth.logout({ scope: "local", timeout: { totalMs: FAREWELL_MS } }).catch(() => undefined);
    }
    throw notKept(file, cause);
  }
}
