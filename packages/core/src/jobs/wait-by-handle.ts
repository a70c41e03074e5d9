import type { JobHandle } from "../errors/job-handle.ts";
import type { JobOptions } from "../options/options.ts";
import { type ProgressReporter, progressReporter } from "../options/progress.ts";
import type { Canvas } from "../rows/canvas.ts";
import { linkedAbort } from "../timing/linked-abort.ts";
import type { JobDescription } from "./job-description.ts";
import type { JobStore } from "./job-store.ts";
import type { JobTracker } from "./job-tracker.ts";
import { PromisedResult } from "./promised-result.ts";
import { PromptAge } from "./prompt-age.ts";
import { ResumedReader } from "./unposted.ts";

/** What of a job is known of one that was posted. */
export type HandledJob<Result> = Pick<JobDescription<Result>, "rules" | "verb" | "reader" | "limits">;

/** How a job is waited for by its handle. */
export interface HandleWaitOptions extends Pick<JobOptions, "onProgress"> {
  signal: AbortSignal | undefined;
  /** What has to hold first; its failure ends the wait. */
  ready?: Promise<unknown> | undefined;
  /** The store that has the handle. Default: the client's. */
  jobStore?: JobStore | undefined;
}

/**
 * Waits for a job that was posted by who had the handle before. The client knows of the wait from here on, and ends it when
 * it is closed.
 */
export async function waitByHandle<Result>(
  { tracker, canvas }: { tracker: JobTracker; canvas: Canvas },
  handle: JobHandle,
  describe: (progress: ProgressReporter) => HandledJob<Result>,
  { signal, ready, jobStore, onProgress }: HandleWaitOptions,
): Promise<{ result: Result; handle: JobHandle }> {
  const asking = linkedAbort(signal);
  const progress = progressReporter(onProgress, (error) => wait.fail(error));
  const job = describe(progress);
  const prompt = new PromptAge(
    async () => {
      const [row] = await canvas.nodesByIds([handle.userNodeId], [], { signal: asking.signal });
      return row?.ageMs;
    },
    (ageMs) => ageMs > job.rules.limits.totalMs && wait.onDoubt(),
  );
  const result = new PromisedResult<Result>();
  const reader = new ResumedReader(job.reader, { rules: job.rules, handle, prompt });
  const wait = tracker.wait({ ...job, reader }, { nodeId: handle.nodeId, signal, listener: result, jobStore });
  const begin = (): void => {
    if (wait.isSettled) return;
    wait.identify(handle);
    wait.listen();
    wait.resumed();
    if (onProgress !== undefined) tracker.tellWhileWaiting(wait, progress);
  };
  if (ready === undefined) begin();
  else ready.then(begin, (error: unknown) => wait.fail(error));
  try {
    return { result: await result.promise, handle: wait.handle ?? handle };
  } finally {
    asking.abort("the wait has ended");
    asking.release();
  }
}
