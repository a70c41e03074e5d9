import { usageError } from "../cli-error.ts";
import type { Shell } from "../shell.ts";
import { isPiped, readIfPiped, readPiped } from "./read-piped.ts";

/**
 * The words of the command line, and below them what is piped in.
 * @param mayRead false: only the words count
 * @throws CliError where there is neither
 */
export async function readPrompt(
  shell: Shell,
  words: readonly string[],
  note: (line: string) => void,
  mayRead = true,
): Promise<string> {
  const isAsked = words.includes("-");
  const said = words.filter((word) => word !== "-").join(" ");
  if (isAsked && !mayRead) throw usageError("- reads stdin, and --no-stdin forbids it.");
  const hasPrompt = said.trim() !== "" && !isAsked;
  const read = hasPrompt ? readIfPiped : readPiped;
  const piped = isAsked || (mayRead && isPiped(shell)) ? await read(shell, note) : "";
  const prompt = [said, piped].filter((part) => part.trim() !== "").join("\n\n");
  if (prompt !== "") return prompt;
  throw usageError("The prompt is empty.", "Say it on the command line, or pipe it in.");
}
