import { CliError } from "../cli-error.ts";
import { ExitCode } from "../exit-codes.ts";
import { loginCommand, sourceName } from "./session-file.ts";
import type { SessionSource } from "./settings.ts";

/** What to do where nobody is signed in, or no more. */
function signInHint(source: SessionSource): string {
  return source.kind === "token"
    ? "Set a fresh token; or take it out of the environment, and sign in: flowith login"
    : `Sign in: ${loginCommand(source)}`;
}

/** Nobody is signed in. @param message where there is more to say */
export function noUser(
  source: SessionSource,
  { message = `Nobody is signed in as ${sourceName(source)}.`, code = "authentication", cause }: NoUserOptions = {},
): CliError {
  return new CliError(message, { exitCode: ExitCode.SignIn, code, hint: signInHint(source), cause });
}

interface NoUserOptions {
  message?: string | undefined;
  code?: string | undefined;
  cause?: unknown;
}
