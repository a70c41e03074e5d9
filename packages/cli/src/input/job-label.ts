import { promptWords } from "../conversations/prompt-words.ts";
import { oneLine } from "../output/printable.ts";
import { cut } from "../output/table.ts";

const CELLS = 80;

/** What `jobs ls` shows of a job: how its prompt begins. It stays on this machine. */
export function jobLabel(prompt: string): string | undefined {
  return cut(oneLine(promptWords(prompt)), CELLS) || undefined;
}
