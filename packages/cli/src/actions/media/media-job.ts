import type { Flowith, Job, JobOptions, JobResults } from "flowith-webapi";
import { usageError } from "../../cli-error.ts";
import type { Context } from "../../context/context.ts";
import { HeldJobStore } from "../../context/held-job-store.ts";
import { conversationFlag } from "../../conversations/find-conversation.ts";
import { nameByPrompt } from "../../conversations/name-by-prompt.ts";
import { jobLabel } from "../../input/job-label.ts";
import { mediaTarget, type SaveFlags } from "../../input/media-target.ts";
import { withModelDoubt } from "../../input/model-doubt.ts";
import { ProgressLine } from "../../output/progress-line.ts";
import { progressWords } from "../../output/progress-words.ts";
import { deliver } from "./deliver.ts";
import { tellOfJobs } from "./tell-of-jobs.ts";

export interface MediaFlags extends SaveFlags {
  conversation?: string;
  detach?: boolean;
  stdin: boolean;
}

type Kind = "image" | "video";

/** What this program sets for any job. */
export type CommonOptions<K extends Kind> = Pick<
  JobOptions<K>,
  "signal" | "label" | "convId" | "onSubmit" | "onProgress"
>;

/** A job that ends with a file. */
export interface MediaJob<K extends Kind> {
  /** "the picture" */
  what: string;
  prompt: string;
  /** That the command line names. */
  model: string | undefined;
  start(client: Flowith, options: CommonOptions<K>): Promise<JobResults[K]>;
  submit(client: Flowith, options: CommonOptions<K>): Promise<Job<K>>;
}

/** Makes a picture or clip and saves it; with `--detach` it only begins it, and prints the job's id. */
export async function runMediaJob<K extends Kind>(
  context: Context,
  flags: MediaFlags,
  job: MediaJob<K>,
): Promise<void> {
  const { output, signal } = context;
  if (flags.detach && (flags.output !== undefined || flags.open || flags.force))
    throw usageError("--detach saves nothing.", "Give --output, --force and --open to `flowith jobs wait`.");
  const target = await mediaTarget(context, flags);
  const store = new HeldJobStore(await context.jobStore());
  await using client = await context.makeClient({ jobStore: store });
  await context.requireSession(client);
  const convId = await conversationFlag(client, flags.conversation, signal);
  using line = new ProgressLine(output, `Making ${job.what}`);
  const submitted: string[] = [];
  let named = Promise.resolve();
  const options: CommonOptions<K> = {
    signal,
    label: jobLabel(job.prompt),
    convId,
    onSubmit: (handle) => {
      submitted.push(handle.userNodeId);
      if (convId === undefined) named = nameByPrompt(client, handle.convId, job.prompt, signal);
    },
    onProgress: (progress) => {
      line.text = `Making ${job.what}: ${progressWords(progress)}`;
    },
  };
  try {
    if (flags.detach) {
      const { handle } = await job.submit(client, options);
      const { userNodeId: id, kind, model, convId, nodeId } = handle;
      line.clear();
      await output.result({ id, kind, model, convId, nodeId }, () => id);
      return;
    }
    const result = await job.start(client, options).catch(async (error: unknown) => {
      // a job that failed or never began has no result to keep
      for (const id of submitted) await store.release(id);
      throw error;
    });
    for (const id of submitted) {
      await deliver(context, { id, result, target, flags, line });
      await store.release(id);
    }
  } catch (error) {
    line.clear();
    await tellOfJobs(context, store, submitted);
    throw await withModelDoubt(client, error, { model: job.model, signal });
  } finally {
    await named;
  }
}
