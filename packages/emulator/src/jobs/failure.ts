import { storable } from "../database/storable.ts";
import type { Failure, FailureReason } from "../model/scripted-reply.ts";
import type { JobContext } from "./job-context.ts";
import type { Job } from "./running-job.ts";

const messages: Readonly<Record<FailureReason, string>> = {
  content_policy: "The request was refused: it goes against the content policy.",
  provider_error: "The model provider answered with an error.",
  no_credits: "Insufficient credits.",
  rate_limit: "Too many requests to the model provider. Try again later.",
  timeout: "The model provider did not answer in time.",
  unknown: "Something went wrong.",
};

export function failureText(failure: Failure): { error: string; error_type: string } {
  return { error: storable(failure.message ?? messages[failure.reason]), error_type: failure.reason };
}

export function tellsByEvent(failure: Failure): boolean {
  return failure.by !== "row";
}

/** Writes the failure into the job's row, unless only an event is to tell it, and gives the credits back. */
export async function recordFailure(
  context: Pick<JobContext, "credits" | "rows" | "jobs">,
  job: Job,
  failure: Failure,
): Promise<void> {
  await context.credits.refund(job.userId, job.cost);
  await context.jobs.end(job.nodeId, "failed");
  if (failure.by === "event") return;
  const text = failureText(failure);
  const fields = failure.row === "value" ? { value: JSON.stringify(text) } : { status: "failed", ...text };
  await context.rows.update(job, fields);
}
