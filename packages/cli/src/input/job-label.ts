import { oneLine } from "../output/printable.ts";

const CHARACTERS = 80;

/** What `jobs ls` shows of a job: how its prompt begins. It stays on this machine. */
export function jobLabel(prompt: string): string | undefined {
  return [...oneLine(prompt)].slice(0, CHARACTERS).join("") || undefined;
}
