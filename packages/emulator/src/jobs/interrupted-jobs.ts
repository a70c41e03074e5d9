import { recordFailure } from "./failure.ts";
import type { JobContext } from "./job-context.ts";

/** Fails the jobs that an end of the process cut short: whoever waits for one learns it from its row. */
export async function failInterruptedJobs(context: Pick<JobContext, "credits" | "rows" | "jobs">): Promise<void> {
  for (const job of await context.jobs.open()) {
    await recordFailure(context, job, {
      reason: "unknown",
      message: "The emulator was stopped while this job ran.",
      by: "row",
    });
  }
}
