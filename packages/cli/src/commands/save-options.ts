import type { Command } from "commander";

/** Where a picture or clip goes, and whether it is shown. */
export function addSaveOptions(command: Command): Command {
  return command
    .option("-o, --output <path>", "a file, a folder, or - for the bytes on stdout (default: the current folder)")
    .option("--force", "replace a file that is there")
    .option("--open", "show it by the system's own program")
    .option("--no-preview", "no picture in the terminal, where it could show one (kitty, Ghostty, iTerm2, WezTerm)");
}
