import { CommanderError } from "commander";
import { QuietEnd } from "./cli-error.ts";
import { withEmulatorArguments } from "./commands/emulator.ts";
import { ExitCode } from "./exit-codes.ts";
import { createProgram } from "./program.ts";
import { Interruption, type Shell } from "./shell.ts";

/** Runs a command line. @returns the exit code; it never rejects */
export async function run(args: readonly string[], shell: Shell): Promise<number> {
  const options = args.includes("--") ? args.slice(0, args.indexOf("--")) : args;
  const isJson = options.includes("--json");
  try {
    const program = createProgram(shell, isJson);
    await program.parseAsync(withEmulatorArguments(program, args), { from: "user" });
    return ExitCode.Ok;
  } catch (error) {
    return await endWith(error, isJson, shell);
  }
}

async function endWith(error: unknown, isJson: boolean, shell: Shell): Promise<number> {
  // commander has said by itself what is wrong; help and version are no errors
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.Ok : ExitCode.Usage;
  if (shell.signal.aborted) {
    const { reason } = shell.signal;
    return reason instanceof Interruption ? reason.exitCode : ExitCode.Interrupted;
  }
  if (error instanceof QuietEnd) return error.exitCode;
  const { reportError } = await import("./output/error-report.ts");
  const { exitCode, json, message, hint } = reportError(error);
  const lines = isJson
    ? [JSON.stringify({ error: json })]
    : [`flowith: ${message}`, ...(hint === undefined ? [] : [hint])];
  shell.stderr.write(`${lines.join("\n")}\n`);
  return exitCode;
}
