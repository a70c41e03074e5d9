import { CommanderError } from "commander";
import { QuietEnd } from "./cli-error.ts";
import { withProgramArguments } from "./commands/own-programs.ts";
import { ExitCode } from "./exit-codes.ts";
import { createProgram } from "./program.ts";
import { Interruption, type Shell } from "./shell.ts";

/** Runs a command line. @returns the exit code; it never rejects */
export async function run(args: readonly string[], shell: Shell): Promise<number> {
  const isJson = wantsJson(args);
  try {
    const program = createProgram(shell, isJson);
    await program.parseAsync(withProgramArguments(program, args), { from: "user" });
    return ExitCode.Ok;
  } catch (error) {
    return await endWith(error, isJson, shell);
  }
}

/** Whether programs read what is said; known before the command line is read, which may be wrong. */
export function wantsJson(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return (end === -1 ? args : args.slice(0, end)).includes("--json");
}

async function endWith(error: unknown, isJson: boolean, shell: Shell): Promise<number> {
  if (error instanceof CommanderError) {
    // a command group without a command: for people its help was shown
    if (isJson && error.code === "commander.help") tellMissingCommand(shell);
    // commander has said by itself what else is wrong; help and version are no errors
    return error.exitCode === 0 ? ExitCode.Ok : ExitCode.Usage;
  }
  if (shell.signal.aborted) {
    const { reason } = shell.signal;
    return reason instanceof Interruption ? reason.exitCode : ExitCode.Interrupted;
  }
  if (error instanceof QuietEnd) return error.exitCode;
  const [{ reportError }, { wrapped }] = await Promise.all([
    import("./output/error-report.ts"),
    import("./output/wrapped.ts"),
  ]);
  const { exitCode, json, message, hint } = reportError(error);
  const lines = [`flowith: ${message}`, ...(hint === undefined ? [] : [hint])];
  shell.stderr.write(`${isJson ? JSON.stringify({ error: json }) : wrapped(lines.join("\n"), shell.stderr)}\n`);
  return exitCode;
}

function tellMissingCommand({ stderr }: Shell): void {
  const error = { code: "usage", message: "A command is missing.", hint: "`flowith --help` lists the commands." };
  stderr.write(`${JSON.stringify({ error })}\n`);
}
