import { CliError } from "../cli-error.ts";
import type { Context } from "../context/context.ts";
import { ownAddresses } from "../context/default-addresses.ts";
import { isLive, loginCommand, readSessionFile, sourceName } from "../context/session-file.ts";
import { sessionFile } from "../context/settings.ts";
import { ExitCode } from "../exit-codes.ts";
import { assignment, type ShellName } from "../output/assignment.ts";

/** What would go before the session, in the SDK and here. */
const TOKENS = ["FLOWITH_TOKEN", "FLOWITH_REFRESH_TOKEN", "FLOWITH_USER_ID"];

/** `{ FLOWITH_SESSION_FILE, FLOWITH_EDGE_URL?, … }`: variables and their values; no token, ever. */
export async function env(context: Context, flags: { shell: ShellName }): Promise<void> {
  const { output, shell } = context;
  const settings = await context.settings();
  const { folders, profile } = settings;
  // a token of the environment is no file: then it is the profile's session that is asked for
  const source =
    settings.source.kind === "token"
      ? ({ kind: "profile", profile, file: sessionFile(folders, profile) } as const)
      : settings.source;
  const { file } = source;
  const stored = await readSessionFile(file);
  if (stored.kind !== "session" || !isLive(stored.session)) {
    const what = stored.kind === "none" ? "Nobody is signed in as" : "There is no session of use in";
    throw new CliError(`${what} ${sourceName(source)}.`, {
      exitCode: ExitCode.SignIn,
      code: "authentication",
      hint: `Sign in: ${loginCommand(source)}`,
    });
  }
  const { edgeUrl, supabaseUrl, supabaseKey } = ownAddresses(settings);
  const inTheWay = TOKENS.filter((name) => (shell.env[name]?.trim() ?? "") !== "");
  const variables: Record<string, string> = {
    FLOWITH_SESSION_FILE: file,
    ...(edgeUrl === undefined ? {} : { FLOWITH_EDGE_URL: edgeUrl }),
    ...(supabaseUrl === undefined ? {} : { FLOWITH_SUPABASE_URL: supabaseUrl }),
    ...(supabaseKey === undefined ? {} : { FLOWITH_SUPABASE_KEY: supabaseKey }),
    // blank counts as absent
    ...Object.fromEntries(inTheWay.map((name) => [name, ""])),
  };
  const { shell: reader } = flags;
  if (reader === "json") await output.write(`${JSON.stringify(variables)}\n`);
  else {
    const lines = Object.entries(variables).map(([name, value]) => assignment(reader, name, value));
    await output.result(variables, () => lines.join("\n"));
  }
  if (inTheWay.length > 0) output.note(`${inTheWay.join(", ")}: emptied, since it would go before the session.`);
  if (output.isTerminal && flags.shell === "bash") output.note('To set them here: eval "$(flowith env)"');
}
