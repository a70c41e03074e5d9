import { QuietEnd, usageError } from "../cli-error.ts";
import type { Context } from "../context/context.ts";
import { ExitCode } from "../exit-codes.ts";

export interface Question {
  message: string;
  /** What is told after a no, such as "Nothing was deleted." */
  refusal: string;
  /** What is said where nobody can be asked. */
  unasked?: string | undefined;
}

/** @throws CliError where nobody is there to be asked */
export function requirePerson({ shell, output }: Context, { message, unasked = message }: Question): void {
  if (shell.stdin.isTTY === true && shell.stderr.isTTY === true && !output.isJson) return;
  throw usageError(`${unasked} Nobody can be asked here.`, "Say --yes to do it without a question.");
}

/**
 * Asks a person before something that cannot be taken back.
 * @throws QuietEnd with 1 for no, since what the command is for was not done; with 130 for Ctrl-C and Escape; CliError where
 *   nobody is there to be asked
 */
export async function confirm(context: Context, question: Question): Promise<void> {
  requirePerson(context, question);
  const { stdin, stderr, signal } = context.shell;
  const prompts = await import("@clack/prompts");
  const { message, refusal } = question;
  const answer = await prompts.confirm({ message, initialValue: false, input: stdin, output: stderr, signal });
  signal.throwIfAborted();
  if (answer === true) return;
  context.output.warn(refusal);
  throw new QuietEnd(answer === false ? ExitCode.Failed : ExitCode.Interrupted);
}
