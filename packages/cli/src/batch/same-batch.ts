import { basename } from "node:path";
import { usageError } from "../cli-error.ts";
import type { BatchLine } from "./batch-line.ts";

/**
 * Whether an input is the one that the output and the jobs beside it are of. It may have lost lines and got new ones, but
 * what an id stood for, it still stands for.
 * @param digests what earlier runs knew each id by
 * @throws CliError for another input
 */
export function requireSameBatch(
  lines: readonly BatchLine[],
  digests: ReadonlyMap<string, string>,
  output: string,
): void {
  if (digests.size === 0) return;
  const known = lines.filter(({ id }) => digests.has(id));
  const changed = known.filter(({ id, digest }) => digests.get(id) !== digest);
  const [first] = changed;
  if (first === undefined && known.length > 0) return;
  const why =
    first === undefined
      ? "none of its results is of a line of this input"
      : `line ${first.line} (id ${JSON.stringify(first.id)})${others(changed.length - 1)} asked for something else then`;
  throw usageError(
    `${basename(output)} is of another input: ${why}. Nothing was sent.`,
    "Give changed lines new ids, name another output, or begin anew with --force.",
  );
}

function others(count: number): string {
  if (count === 0) return "";
  return count === 1 ? " and one other" : ` and ${count} others`;
}
