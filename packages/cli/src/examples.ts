import type { Command } from "commander";

/** Puts examples under a command's help, each a line that can be copied. */
export function addExamples(command: Command, ...lines: string[]): Command {
  return command.addHelpText(
    "after",
    ["", lines.length === 1 ? "Example:" : "Examples:", ...lines.map((line) => `  ${line}`)].join("\n"),
  );
}
