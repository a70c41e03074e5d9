import type { Flowith, JobHandle, JobKind, JobResults } from "flowith-webapi";
import { QuietEnd, usageError } from "../../cli-error.ts";
import type { Context } from "../../context/context.ts";
import { HeldJobStore } from "../../context/held-job-store.ts";
import type { ExitCode } from "../../exit-codes.ts";
import { type MediaTarget, mediaTarget, type SaveFlags } from "../../input/media-target.ts";
import { reportError } from "../../output/error-report.ts";
import { exitCodeOfParts } from "../../output/exit-code-of-parts.ts";
import { ProgressLine } from "../../output/progress-line.ts";
import { progressWords } from "../../output/progress-words.ts";
import { deliver } from "../media/deliver.ts";
import { tellOfJobs } from "../media/tell-of-jobs.ts";
import { findJobs } from "./find-jobs.ts";

export interface WaitFlags extends SaveFlags {
  all?: boolean;
}

/** What all waits of a command share. */
interface Waiting {
  client: Flowith;
  store: HeldJobStore;
  target: MediaTarget;
  flags: SaveFlags;
  line: ProgressLine;
}

/**
 * A line a job as it ends: `{ id, kind, label, text, reasoning, model, convId, nodeId }`, or `path`, `url`, `sizeBytes` and
 * `mimeType` in place of the text; `{ id, kind, label, error }` where one of several fails.
 */
export async function wait(context: Context, ids: string[], flags: WaitFlags): Promise<void> {
  const { output } = context;
  if (flags.all ? ids.length > 0 : ids.length === 0)
    throw usageError("Name the jobs to wait for, or all of them by --all.", "`flowith jobs ls` shows those that are.");
  const store = new HeldJobStore(await context.jobStore());
  const handles = flags.all ? await store.list() : await findJobs(store, ids);
  if (handles.length === 0) {
    output.note("There is no job to wait for.");
    return;
  }
  const target = await mediaTarget(context, flags);
  if (handles.length > 1 && target.kind !== "folder")
    throw usageError("Several jobs make several files.", "--output takes a folder here.");
  await using client = await context.makeClient({ jobStore: store });
  using line = new ProgressLine(output, handles.length === 1 ? "Waiting" : `Waiting for ${handles.length} jobs`);
  const waiting: Waiting = { client, store, target, flags, line };
  try {
    if (handles.length === 1) for (const handle of handles) await waitForOne(context, handle, waiting);
    else await waitForSeveral(context, handles, waiting);
  } catch (error) {
    line.clear();
    await tellOfJobs(
      context,
      store,
      handles.map(({ userNodeId }) => userNodeId),
    );
    throw error;
  }
}

async function waitForOne(context: Context, handle: JobHandle, waiting: Waiting): Promise<void> {
  const result = await resultOf(context, handle, waiting);
  await deliver(context, { ...waiting, id: handle.userNodeId, result, about: aboutOf(handle) });
  await waiting.store.release(handle.userNodeId);
}

/** All are waited for at once; what comes is printed one after the other. */
async function waitForSeveral(context: Context, handles: readonly JobHandle[], waiting: Waiting): Promise<void> {
  const { output, signal } = context;
  const { line, store } = waiting;
  const failures: ExitCode[] = [];
  let left = handles.length;
  let printing: Promise<unknown> = Promise.resolve();
  const one = async (handle: JobHandle): Promise<void> => {
    const id = handle.userNodeId;
    const about = aboutOf(handle);
    const waited = resultOf(context, handle, waiting);
    await Promise.allSettled([waited]);
    const turn = printing.then(async () => {
      try {
        await deliver(context, { ...waiting, id, result: await waited, about });
        await store.release(id);
      } catch (error) {
        if (signal.aborted) throw error;
        line.clear();
        const { message, hint, json, exitCode } = reportError(error);
        failures.push(exitCode);
        await output.result({ ...about, error: json }, () => "");
        if (!output.isJson) output.warn(`flowith: ${id}: ${message}${hint === undefined ? "" : `\n${hint}`}`);
      }
      left -= 1;
      line.text = `Waiting for ${left} of ${handles.length} jobs`;
    });
    printing = turn.catch(() => undefined);
    await turn;
  };
  await Promise.all(handles.map(one));
  if (failures.length === 0) return;
  if (!output.isJson) output.warn(`${failures.length} of ${handles.length} jobs gave no result.`);
  throw new QuietEnd(exitCodeOfParts(failures, handles.length - failures.length));
}

async function resultOf(
  { signal }: Context,
  handle: JobHandle,
  { client, store, line }: Waiting,
): Promise<JobResults[JobKind]> {
  try {
    return await client.resume(handle).wait({
      signal,
      onProgress: (progress) => {
        if (progress.phase !== "submitted") line.text = `Waiting: ${progressWords(progress)}`;
      },
    });
  } catch (error) {
    await store.release(handle.userNodeId);
    throw error;
  }
}

function aboutOf({ userNodeId, kind, label }: JobHandle): Record<string, unknown> {
  return { id: userNodeId, kind, label: label ?? null };
}
