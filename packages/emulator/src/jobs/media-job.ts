import { streamFrame, workflowFrame } from "../events/node-events.ts";
import type { StoredFile } from "../files/file-store.ts";
import type { Failure } from "../model/scripted-reply.ts";
import { failureText, recordFailure, tellsByEvent } from "./failure.ts";
import type { JobContext } from "./job-context.ts";
import type { JobClock } from "./job-runner.ts";
import { runJob } from "./run-job.ts";
import type { Job } from "./running-job.ts";

export interface MediaTask {
  taskType: "image_generation" | "video_generation";
  durationMs: number;
  make: () => Promise<Omit<StoredFile, "key">>;
  fail: Failure | undefined;
  /** Makes the row that the end is written to, where none was made at the post. */
  makeRow?: (() => Promise<void>) | undefined;
}

function publishFailure(context: JobContext, job: Job, taskType: string, failure: Failure): void {
  const { nodeId, convId, userId } = job;
  const timestamp = context.clock.now();
  const text = failureText(failure);
  const event = { type: "failed", nodeId, convId, seq: 0, timestamp, status: "failed", ...text };
  context.hub.publish(userId, "stream", streamFrame(event));
  const end = { status: "failed", ...text };
  context.hub.publish(userId, "sse", workflowFrame({ nodeId, convId }, taskType, timestamp, end));
}

function publishResult(context: JobContext, job: Job, taskType: string, url: string): void {
  const { nodeId, convId, userId, model } = job;
  const timestamp = context.clock.now();
  const nodeData = { value: url, status: "done", model };
  const event = { type: "result", nodeId, convId, seq: 0, timestamp, status: "completed", resultUrl: url, nodeData };
  context.hub.publish(userId, "stream", streamFrame(event));
  const end = { status: "completed", result: url };
  context.hub.publish(userId, "sse", workflowFrame({ nodeId, convId }, taskType, timestamp, end));
}

/** A job that ends with a file: both channels hear of it. */
export function startMediaJob(context: JobContext, job: Job, task: MediaTask): void {
  const work = async (jobClock: JobClock): Promise<void> => {
    await jobClock.pause(Math.min(task.durationMs, context.settings.firstEventMs));
    await context.rows.markLoading(job);
    await jobClock.pause(Math.max(0, task.durationMs - context.settings.firstEventMs));
    if (task.fail !== undefined) {
      await task.makeRow?.();
      await recordFailure(context, job, task.fail);
      if (tellsByEvent(task.fail)) publishFailure(context, job, task.taskType, task.fail);
      return;
    }
    const url = context.files.put({ ...(await task.make()), ownerId: job.userId });
    await task.makeRow?.();
    await context.rows.update(job, { value: url, status: "done", model: job.model });
    await context.jobs.end(job.nodeId, "done");
    publishResult(context, job, task.taskType, url);
  };
  runJob(context, job, {
    work,
    publishFailure: (failure) => publishFailure(context, job, task.taskType, failure),
  });
}
