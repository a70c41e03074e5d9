import type { Command } from "commander";
import { type Candidate, completionAt } from "../completion/candidates.ts";
import { pointAt } from "../completion/command-line.ts";
import { dynamicCandidates } from "../completion/dynamic.ts";
import { Context } from "../context/context.ts";
import { oneLine } from "../output/printable.ts";
import { cut } from "../output/table.ts";

/** Somebody waits at a prompt. */
const LIMIT_MS = 1_000;

export interface CompleteFlags {
  limitMs?: string;
}

const DESCRIPTION_WIDTH = 60;
/** What a shell may put into a command line as it is: names come from the service, too. */
const PLAIN = /^[\w./:@+-]+$/;

/** A line each: the value, a tab, and what it is. Whatever goes wrong, nothing is said: it would stand in the prompt. */
export async function complete(
  { shell, flags }: Context,
  words: string[],
  { limitMs: said }: CompleteFlags,
  program: Command,
): Promise<void> {
  const limitMs = said === undefined ? LIMIT_MS : Number(said);
  const point = pointAt(program, words);
  const { candidates, source } = completionAt(point);
  const found: Candidate[] = [...candidates];
  if (source !== undefined) {
    await using context = new Context(shell, { ...flags, ...point.values, color: false, quiet: true });
    const signal = AbortSignal.any([shell.signal, AbortSignal.timeout(limitMs)]);
    try {
      found.push(
        ...(await dynamicCandidates(
          context,
          { source, command: point.command.name(), model: point.values.model },
          signal,
        )),
      );
    } catch {
      // see above
    }
  }
  const lines = found
    .filter(({ value }) => value.startsWith(point.current) && (PLAIN.test(value) || candidates.length > 0))
    .map(
      ({ value, description }) =>
        `${`${point.lead}${value}`.slice(point.skipped)}\t${cut(oneLine(description), DESCRIPTION_WIDTH)}`,
    );
  if (source === "files" || source === "folders") lines.push(`:${source}`);
  if (lines.length > 0) shell.stdout.write(`${lines.join("\n")}\n`);
}
