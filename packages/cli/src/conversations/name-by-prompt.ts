import type { Flowith } from "flowith-webapi";
import { oneLine } from "../output/printable.ts";
import { cut } from "../output/table.ts";
import { promptWords } from "./prompt-words.ts";

/** About as much as a list shows. */
const CELLS = 60;
/** A title is worth no long wait. */
const TIMEOUT_MS = 5_000;

/**
 * Gives a new conversation the first words of its prompt as its title, so that a list of them can be read. It is done beside
 * the job, and never rejects: the answer does not depend on it.
 */
export async function nameByPrompt(
  client: Flowith,
  convId: string,
  prompt: string,
  signal: AbortSignal,
): Promise<void> {
  const title = cut(oneLine(promptWords(prompt)), CELLS);
  if (title === "") return;
  try {
    await client.conversations.rename(convId, title, { signal, maxRetries: 0, timeout: { totalMs: TIMEOUT_MS } });
  } catch {
    // untitled, as the service leaves it
  }
}
