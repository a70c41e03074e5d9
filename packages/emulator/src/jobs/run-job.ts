import { isUnstorable } from "../database/storable.ts";
import type { Failure } from "../model/scripted-reply.ts";
import { recordFailure } from "./failure.ts";
import type { JobContext } from "./job-context.ts";
import { type JobClock, JobsStopped } from "./job-runner.ts";
import type { Job } from "./running-job.ts";

export interface JobSteps {
  /** To the job's end, a failure that is meant included. */
  work(jobClock: JobClock): Promise<void>;
  /** Tells listeners of a failure that nobody meant. */
  publishFailure(failure: Failure): void;
}

const unstorable: Failure = { reason: "unknown", message: "The answer holds characters that cannot be kept." };
const failed: Failure = { reason: "unknown" };

/** Runs a job in the background. It ends whatever goes wrong on its way: then it has failed, and its credits are back. */
export function runJob(context: JobContext, job: Job, { work, publishFailure }: JobSteps): void {
  context.runner.start(async (jobClock) => {
    try {
      await work(jobClock);
    } catch (error) {
      if (error instanceof JobsStopped) throw error;
      const failure = isUnstorable(error) ? unstorable : failed;
      await recordFailure(context, job, failure);
      publishFailure(failure);
      // what a prompt or a script holds is no bug
      if (failure === failed) throw error;
    }
  });
}
