import { usageError } from "../cli-error.ts";
import type { Shell } from "../shell.ts";

/**
 * Asks a person before something that cannot be taken back.
 * @returns false for no, and for Ctrl-C or Escape at the question
 * @throws CliError where nobody is there to be asked
 */
export async function confirm(shell: Shell, message: string): Promise<boolean> {
  if (shell.stdin.isTTY !== true || shell.stderr.isTTY !== true) {
    throw usageError(`${message} Nobody is there to be asked.`, "Say --yes to do it without a question.");
  }
  const prompts = await import("@clack/prompts");
  const answer = await prompts.confirm({
    message,
    initialValue: false,
    input: shell.stdin,
    output: shell.stderr,
    signal: shell.signal,
  });
  shell.signal.throwIfAborted();
  return answer === true;
}
