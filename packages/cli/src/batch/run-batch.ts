import type { Flowith, JobStore, ManyInput, ManyResult } from "flowith-webapi";
import { CliError } from "../cli-error.ts";
import type { Context } from "../context/context.ts";
import { ExitCode } from "../exit-codes.ts";
import { Interruption } from "../shell.ts";
import type { BatchLine } from "./batch-line.ts";
import { BatchProgress } from "./batch-progress.ts";
import { CreditWatch } from "./credit-watch.ts";
import { type MediaPlace, resultLine } from "./result-line.ts";
import type { ResultSink } from "./results-file.ts";
import type { Tally } from "./tally.ts";

export interface RunLimits {
  concurrency: number;
  perMinute?: number;
  maxCredits?: number;
  maxFailuresInARow?: number;
}

export interface BatchWork {
  /** What is to be done. */
  lines: readonly BatchLine[];
  tally: Tally;
  limits: RunLimits;
  media: MediaPlace;
  sink: ResultSink;
  /** undefined: what is under way cannot be taken up by a later run. */
  resumeFrom: JobStore | undefined;
}

/**
 * Runs the jobs and writes a line for each.
 * @throws CliError where the output cannot be written; AuthenticationError before the first job; the shell's reason
 */
export async function runBatch(context: Context, client: Flowith, work: BatchWork): Promise<void> {
  const { lines, tally } = work;
  const { signal, output } = context;
  if (lines.length === 0) return;
  await using credits = new CreditWatch(client, tally, signal);
  try {
    using progress = new BatchProgress(output, tally, lines.length);
    await credits.start(() => progress.update());
    await runJobs(client, work, signal, () => progress.update());
    await credits.finish();
  } catch (error) {
    if (signal.aborted) tellInterrupted(context, work);
    throw error;
  }
}

async function runJobs(client: Flowith, work: BatchWork, signal: AbortSignal, onChange: () => void): Promise<void> {
  const { lines, tally, limits, media, sink, resumeFrom } = work;
  const { concurrency, perMinute, maxCredits, maxFailuresInARow } = limits;
  const writing = new Set<Promise<void>>();
  const take = async (result: ManyResult): Promise<void> => {
    const line = lines[result.index];
    if (line === undefined) throw new CliError(`A result came for job ${result.index}, which there is not.`);
    const ended = await resultLine(line, result, media);
    await sink.write(JSON.stringify(ended.told));
    tally.count(line.line, ended, result.status === "fulfilled" && result.resumed);
    onChange();
  };
  // the place of a job is free again once its line is written, so a slow disk slows the batch
  const onResult = (result: ManyResult): Promise<void> => {
    const taking = take(result).finally(() => writing.delete(taking));
    writing.add(taking);
    return taking;
  };
  const inputs = lines.map(({ id, input }): ManyInput => {
    const onProgress = (): void => {
      tally.running.add(id);
      onChange();
    };
    return { ...input, onProgress };
  });
  const options = { concurrency, perMinute, maxCredits, maxFailuresInARow, resumeFrom, signal, onResult };
  try {
    for await (const _ of client.generateMany(inputs, options));
  } finally {
    await Promise.allSettled(writing);
  }
}

function tellInterrupted({ signal, output }: Context, { tally, resumeFrom }: BatchWork): void {
  const { reason } = signal;
  if (reason instanceof Interruption && reason.exitCode === ExitCode.BrokenPipe) return;
  output.warn(`Stopped: ${tally.done} of ${tally.total} lines have their result.`);
  output.warn(
    resumeFrom === undefined
      ? "Jobs that are under way go on: `flowith jobs ls` shows them. With --output a batch can be run again."
      : "Jobs that are under way go on: run the same command again, and it takes up their results.",
  );
}
