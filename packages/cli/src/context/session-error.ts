import { AuthenticationError, SessionStoreError } from "flowith-webapi";
import { CliError } from "../cli-error.ts";
import { ExitCode } from "../exit-codes.ts";
import { jobHint } from "../output/error-report.ts";
import { oneLine } from "../output/printable.ts";
import { NOBODY, terminalWords } from "../output/terminal-words.ts";
import { loginCommand, sourceName } from "./session-file.ts";
import type { SessionSource } from "./settings.ts";

/** Of a session that is not there. */
export function notSignedIn(source: SessionSource, cause?: unknown): CliError {
  return signInError(`Nobody is signed in as ${sourceName(source)}.`, source, cause);
}

/** An error of the session, in words that say whose it is and what to do. */
export function sessionError(error: AuthenticationError | SessionStoreError, source: SessionSource): CliError {
  if (SessionStoreError.is(error)) return signInError(oneLine(error.message), source, error);
  const { message, mayBePaid } = terminalWords(error);
  if (message === NOBODY) return notSignedIn(source, error);
  const more = jobHint(error, mayBePaid);
  return signInError(`The session of ${sourceName(source)} is over. ${oneLine(message)}`, source, error, more);
}

/** What an action threw; an error of the session is told in its words, whichever command has met it. */
export function withSession(error: unknown, source: SessionSource): unknown {
  return AuthenticationError.is(error) ? sessionError(error, source) : error;
}

function signInError(message: string, source: SessionSource, cause: unknown, more?: string): CliError {
  const advice =
    source.kind === "token"
      ? "Set a fresh token; or take it out of the environment, and sign in: flowith login"
      : `Sign in: ${loginCommand(source)}`;
  return new CliError(message, {
    exitCode: ExitCode.SignIn,
    code: SessionStoreError.is(cause) ? cause.code : "authentication",
    hint: more === undefined ? advice : `${more}\n${advice}`,
    cause,
  });
}
