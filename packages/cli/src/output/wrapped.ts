import wrapAnsi from "wrap-ansi";
import type { ShellOutput } from "../shell.ts";

/** Lines that are there to be copied: a break in them would spoil them. */
const isCopied = /^(?:\s|flowith )/;

/** Prose as a stream shows it: in a terminal broken between words, elsewhere as it is. */
export function wrapped(text: string, { isTTY, columns = 80 }: Pick<ShellOutput, "isTTY" | "columns">): string {
  if (isTTY !== true) return text;
  return text
    .split("\n")
    .map((line) => (isCopied.test(line) ? line : wrapAnsi(line, columns)))
    .join("\n");
}
