import type { Context } from "../context/context.ts";
import { oneLine } from "../output/printable.ts";

/** `{ userId, email, profile, source, sessionFile?, expiresAt? }`; asks the service, so a dead session shows. */
export async function whoami(context: Context): Promise<void> {
  const [client, { source, profile }] = await Promise.all([context.client(), context.settings()]);
  const { signal } = context;
  const user = await client.auth.user({ signal });
  const session = await client.auth.session({ signal });
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
