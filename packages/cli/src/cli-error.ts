import { ExitCode } from "./exit-codes.ts";

export interface CliErrorOptions {
  /** By default 1. */
  exitCode?: ExitCode | undefined;
  /** A short word for programs, as `error.code` of `--json`. */
  code?: string | undefined;
  /** What to do about it, on a line of its own. */
  hint?: string | undefined;
  cause?: unknown;
}

/** What a command has to say to a person, in place of a stack. */
export class CliError extends Error {
  override name = "CliError";
  readonly exitCode: ExitCode;
  readonly code: string;
  readonly hint: string | undefined;

  constructor(message: string, { exitCode = ExitCode.Failed, code = "failed", hint, cause }: CliErrorOptions = {}) {
    super(message, { cause });
    this.exitCode = exitCode;
    this.code = code;
    this.hint = hint;
  }
}

/** The command line, a setting or an input is wrong. */
export function usageError(message: string, hint?: string): CliError {
  return new CliError(message, { exitCode: ExitCode.Usage, code: "usage", hint });
}

/** What the command line names is not there: a conversation, a node, a job, a model, a template, a profile. */
export function notFoundError(message: string, hint?: string): CliError {
  return new CliError(message, { exitCode: ExitCode.Usage, code: "not_found", hint });
}

/** Ends the program with a code, where everything has been said already. */
export class QuietEnd extends Error {
  override name = "QuietEnd";
  readonly exitCode: number;

  /** @param exitCode one of `ExitCode`, or that of another program that was run */
  constructor(exitCode: number) {
    super(`The program ends with ${exitCode}.`);
    this.exitCode = exitCode;
  }
}
