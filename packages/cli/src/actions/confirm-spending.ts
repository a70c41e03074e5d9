import { usageError } from "../cli-error.ts";
import type { Context } from "../context/context.ts";

/** Asks the person before credits are spent. @throws CliError where nobody can be asked, or says no */
export async function confirmSpending({ shell, output, signal }: Context, isConfirmed: boolean): Promise<void> {
  if (isConfirmed) return;
  if (shell.stdin.isTTY !== true || shell.stderr.isTTY !== true || output.isJson) {
    throw usageError("--spend costs credits, and nobody can be asked here.", "Add --yes if that is meant.");
  }
  const { confirm } = await import("@clack/prompts");
  const answer = await confirm({
    message: "One short text and one picture in 512 cost some of your credits. Start them?",
    initialValue: false,
    input: shell.stdin,
    output: shell.stderr,
    signal,
  });
  signal.throwIfAborted();
  if (answer !== true) throw usageError("Nothing was started.", "Without --spend no credits are needed.");
}
