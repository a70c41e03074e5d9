import { AuthenticationError, type AuthUser, type Session, SessionStoreError } from "flowith-webapi";
import type { Context } from "../context/context.ts";
import { sessionError } from "../context/session-error.ts";
import type { SessionSource } from "../context/settings.ts";
import { plainDiskMessage } from "../disk/disk-words.ts";
import { oneLine } from "../output/printable.ts";

/** `{ userId, email, profile, source, sessionFile?, expiresAt? }`; asks the service, so a dead session shows. */
export async function whoami(context: Context): Promise<void> {
  const { source, profile } = await context.settings();
  const { user, session } = await ask(context, source);
  const expiresAt = session?.expiresAtMs === undefined ? undefined : new Date(session.expiresAtMs).toISOString();
  const file = source.kind === "token" ? undefined : source.file;
  const where = { profile: `profile ${profile}`, file: "FLOWITH_SESSION_FILE", token: "FLOWITH_TOKEN" }[source.kind];
  await context.output.result(
    {
      userId: user.id,
      email: user.email ?? null,
      source: source.kind,
      profile: source.kind === "profile" ? profile : null,
      sessionFile: file ?? null,
      expiresAt: expiresAt ?? null,
    },
    () => {
      const name = oneLine(user.email ?? user.id);
      return [
        `${context.output.paint("bold", name)} (${user.id})`,
        `session: ${where}${file === undefined ? "" : `, ${file}`}`,
        ...(expiresAt === undefined
          ? []
          : [`token until: ${expiresAt}${session?.refreshToken ? ", refreshed by itself" : ""}`]),
      ].join("\n");
    },
  );
}

/** @throws CliError where nobody is signed in, or no more */
async function ask(context: Context, source: SessionSource): Promise<{ user: AuthUser; session: Session | null }> {
  const { signal } = context;
  const client = await context.client();
  try {
    const user = await client.auth.user({ signal });
    return { user, session: await client.auth.session({ signal }) };
  } catch (error) {
    if (!AuthenticationError.is(error) && !SessionStoreError.is(error)) throw error;
    // a disk that refuses says nothing of who is signed in
    if (SessionStoreError.is(error) && plainDiskMessage(error.cause) !== undefined) throw error;
    throw sessionError(error, source);
  }
}
