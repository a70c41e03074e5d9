import { resolve } from "node:path";
import type { Flowith } from "flowith-webapi";
import type { BatchLine } from "../batch/batch-line.ts";
import { BatchOutput, type OutputFlags } from "../batch/batch-output.ts";
import { summaryJson, tellSummary } from "../batch/batch-summary.ts";
import { checkLines, type LineDefaults } from "../batch/check-lines.ts";
import { MediaFolder } from "../batch/media-folder.ts";
import { type InputFlags, readInput } from "../batch/read-input.ts";
import { folderOf, mediaFolderFor } from "../batch/result-line.ts";
import { retryCommand } from "../batch/retry-command.ts";
import { type RunLimits, runBatch } from "../batch/run-batch.ts";
import { Tally } from "../batch/tally.ts";
import { QuietEnd, usageError } from "../cli-error.ts";
import type { Context } from "../context/context.ts";
import { ExitCode } from "../exit-codes.ts";
import { exitCodeOfParts } from "../output/exit-code-of-parts.ts";

export interface BatchFlags extends InputFlags, OutputFlags, LineDefaults, RunLimits {
  output?: string;
  media?: string;
}

/**
 * `{ total, before, fulfilled, resumed, rejected, skipped, notRun, creditsSpent, creditsLeft, seconds, output,
 * failed: [{ id, line, code, message }], skippedFor: { code, message } | null, retry }`; where the output is stdout, its lines alone.
 */
export async function batch(context: Context, input: string, flags: BatchFlags): Promise<void> {
  const { cwd } = context.shell;
  const path = flags.output === undefined || flags.output === "-" ? undefined : resolve(cwd, flags.output);
  checkFlags(flags, path);
  const records = await readInput(context, input, flags);
  const client = await context.client();
  await context.requireSession(client);
  const lines = await checkLines(client, records, { defaults: flags, cwd, needsHandle: path !== undefined });
  const media = {
    folder: flags.media === undefined ? defaultMedia(path, input, cwd) : resolve(cwd, flags.media),
    from: folderOf(path, cwd),
    signal: context.signal,
  };
  const job = { context, client, flags, media };
  const place = path && flags.output;
  const facts = {
    output: path,
    place,
    retry: path && retryCommand(input, { ...flags, profile: context.flags.profile }),
  };
  const tally = path === undefined ? await runToStdout(job, lines) : await runToFile(job, lines, path);
  const notRun = tally.total - tally.done - tally.rejected - tally.skipped;
  if (context.output.isJson && path !== undefined)
    await context.output.result(summaryJson({ ...facts, tally, notRun }), () => "");
  else if (!context.output.isJson) tellSummary(context.output, { ...facts, tally, notRun });
  if (tally.isOutOfCredits) throw new QuietEnd(ExitCode.Credits);
  if (tally.isSignedOut) throw new QuietEnd(ExitCode.SignIn);
  if (tally.rejected + tally.skipped > 0) throw new QuietEnd(exitCodeOfParts(tally.exitCodes, tally.done));
}

interface Job {
  context: Context;
  client: Flowith;
  flags: BatchFlags;
  media: { folder: string; from: string; signal: AbortSignal };
}

function checkFlags({ onlyFailed, force, output, media }: BatchFlags, path: string | undefined): void {
  if (output === "") throw usageError("--output is empty.", "It takes a file, or - for stdout.");
  if (media === "") throw usageError("--media is empty.", "It takes a folder.");
  if (onlyFailed && force) throw usageError("--force begins anew, and --only-failed goes on: only one of them.");
  if (onlyFailed && path === undefined) throw usageError("--only-failed needs the --output that the failures are in.");
}

function defaultMedia(path: string | undefined, input: string, cwd: string): string {
  return mediaFolderFor(path ?? resolve(cwd, input === "-" ? "batch" : input));
}

/** Before anything is paid for. */
async function openMediaFolder(
  lines: readonly BatchLine[],
  { folder }: Job["media"],
): Promise<MediaFolder | undefined> {
  return lines.some(({ kind }) => kind !== "text") ? MediaFolder.open(folder) : undefined;
}

async function runToStdout({ context, client, flags, media }: Job, lines: readonly BatchLine[]): Promise<Tally> {
  const tally = new Tally(lines.length, 0);
  const sink = { write: (line: string) => context.output.write(`${line}\n`) };
  await using _ = await openMediaFolder(lines, media);
  await runBatch(context, client, { lines, tally, limits: flags, media, sink, resumeFrom: undefined });
  return tally;
}

async function runToFile(
  { context, client, flags, media }: Job,
  lines: readonly BatchLine[],
  path: string,
): Promise<Tally> {
  const output = await BatchOutput.open(path, lines, flags);
  const { pending, before, file, jobStore } = output;
  const tally = new Tally(lines.length, before);
  try {
    await using _ = await openMediaFolder(pending, media);
    const work = { lines: pending, tally, limits: flags, media, sink: file, resumeFrom: jobStore };
    await runBatch(context, client, work);
  } finally {
    await output.close(tally.done === tally.total);
  }
  return tally;
}
