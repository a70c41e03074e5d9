import { CliError } from "../cli-error.ts";
import { ownAddresses } from "../context/addresses.ts";
import type { Context } from "../context/context.ts";
import { isLive, loginCommand, readSessionFile, sourceName } from "../context/session-file.ts";
import { type Settings, sessionFile } from "../context/settings.ts";
import { ExitCode } from "../exit-codes.ts";
import { assignment, type ShellName } from "../output/assignment.ts";
import type { Output } from "../output/output.ts";
import type { Shell } from "../shell.ts";

/** What would go before the session, in the SDK and here. */
const TOKENS = ["FLOWITH_TOKEN", "FLOWITH_REFRESH_TOKEN", "FLOWITH_USER_ID"];

/** `{ FLOWITH_SESSION_FILE, FLOWITH_EDGE_URL?, … }`: variables and their values; no token, ever. */
export async function env(context: Context, { shell: reader }: { shell: ShellName }): Promise<void> {
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
  const addresses = addressVariables(settings);
  if (settings.source.kind === "token" && (stored.kind !== "session" || !isLive(stored.session))) {
    await printVariables(output, addresses, reader);
    const names = TOKENS.filter((name) => name !== "FLOWITH_USER_ID" && isSet(shell, name)).join(" and ");
    output.note(
      `The session comes from ${names} of your environment, which programs on the SDK use as it is: there is nothing to set${Object.keys(addresses).length > 0 ? " but these addresses" : ""}.`,
    );
    return;
  }
  if (stored.kind !== "session" || !isLive(stored.session)) {
    const what = stored.kind === "none" ? "Nobody is signed in as" : "There is no session of use in";
    throw new CliError(`${what} ${sourceName(source)}.`, {
      exitCode: ExitCode.SignIn,
      code: "authentication",
      hint: `Sign in: ${loginCommand(source)}`,
    });
  }
  const inTheWay = TOKENS.filter((name) => isSet(shell, name));
  const variables: Record<string, string> = {
    FLOWITH_SESSION_FILE: file,
    ...addresses,
    // blank counts as absent
    ...Object.fromEntries(inTheWay.map((name) => [name, ""])),
  };
  await printVariables(output, variables, reader);
  if (inTheWay.length > 0) output.note(`${inTheWay.join(", ")}: emptied, since it would go before the session.`);
  if (output.isTerminal && reader === "bash") output.note('To set them here: eval "$(flowith env)"');
}

function isSet({ env }: Shell, name: string): boolean {
  return (env[name]?.trim() ?? "") !== "";
}

function addressVariables(settings: Settings): Record<string, string> {
  const { edgeUrl, supabaseUrl, supabaseKey } = ownAddresses(settings);
  return {
    ...(edgeUrl === undefined ? {} : { FLOWITH_EDGE_URL: edgeUrl }),
    ...(supabaseUrl === undefined ? {} : { FLOWITH_SUPABASE_URL: supabaseUrl }),
    ...(supabaseKey === undefined ? {} : { FLOWITH_SUPABASE_KEY: supabaseKey }),
  };
}

async function printVariables(output: Output, variables: Record<string, string>, reader: ShellName): Promise<void> {
  if (reader === "json") {
    await output.write(`${JSON.stringify(variables)}\n`);
    return;
  }
  const lines = Object.entries(variables).map(([name, value]) => assignment(reader, name, value));
  await output.result(variables, () => lines.join("\n"));
}
