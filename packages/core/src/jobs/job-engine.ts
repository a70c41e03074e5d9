import type { JobHandle, JobKind } from "../errors/job-handle.ts";
import type { JobOptions } from "../options/options.ts";
import { type ProgressReporter, progressReporter } from "../options/progress.ts";
import type { BatchEntry } from "./batch-entry.ts";
import type { JobDescription } from "./job-description.ts";
import type { JobRules } from "./job-rules.ts";
import type { JobWait } from "./job-wait.ts";
import type { WaitListener } from "./job-wait-options.ts";
import { PromisedResult } from "./promised-result.ts";
import { type Placement, Submission, type SubmissionTools } from "./submission.ts";

/** A job that somebody has asked for. */
export interface AskedJob<Job> {
  /** For the one who is told of its progress. */
  describe(progress: ProgressReporter): Job;
  options: JobOptions;
  placement: Placement;
  /** Of a job of a batch. */
  batch?: BatchEntry | undefined;
}

/** A job under way. */
export interface StartedJob<Result, Job> {
  job: Job;
  wait: JobWait<Result>;
  /** See {@link Submission.start}. */
  submitted: Promise<JobHandle>;
  progress: ProgressReporter;
}

/** Starts jobs of any kind. */
export class JobEngine {
  readonly #tools: SubmissionTools;

  constructor(tools: SubmissionTools) {
    this.#tools = tools;
  }

  /**
   * Starts a job, whose wait can be used at once.
   * @param listener is told when the wait ends, which may be before this returns
   */
  start<Result, Job>(
    { describe, options, placement, batch }: AskedJob<Job & JobDescription<Result>>,
    listener: WaitListener<Result>,
  ): StartedJob<Result, Job> {
    // Not the submission, which holds all that was posted: who reports progress is kept for as long as the job takes.
    const progress = progressReporter(options.onProgress, (error) => wait.fail(error));
    const job = describe(progress);
    const submission = new Submission(this.#tools, job, { ...options, placement, progress, listener, batch });
    const { wait } = submission;
    return { job, wait, submitted: submission.start(), progress };
  }

  /** Runs a job to its end, telling how long it has been waited for. */
  run<Result, Output>(rules: JobRules<Result, Output>, asked: AskedJob<JobDescription<Result>>): Promise<Output> {
    const result = new PromisedResult<Result>();
    const { wait, submitted, progress } = this.start(asked, result);
    if (asked.options.onProgress !== undefined) {
      submitted.then(
        () => this.#tools.tracker.tellWhileWaiting(wait, progress),
        () => undefined,
      );
    }
    return result.promise.then((raw) => rules.output(raw, knownHandle(wait.handle)));
  }

  /** Starts a job and stops listening once it was taken: its handle finds it again. */
  async submit<K extends JobKind, Result>(
    { name }: JobRules<Result, unknown, K>,
    asked: AskedJob<JobDescription<Result>>,
  ): Promise<JobHandle<K>> {
    const result = new PromisedResult<Result>();
    const { wait, submitted } = this.start(asked, result);
    // The wait completes a failure with handle and partial; where it has a result, the post did arrive, answered or not.
    const ended = result.promise.then(() => knownHandle(wait.handle));
    const handle = await Promise.race([submitted.catch(() => ended), ended]).finally(() => wait.leave());
    return { ...handle, kind: name };
  }
}

/** A job that has a result was posted, and so has a handle. */
function knownHandle(handle: JobHandle | undefined): JobHandle {
  if (handle === undefined) throw new Error("A job has ended that was never identified.");
  return handle;
}
