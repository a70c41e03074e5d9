import { chunksFrame, completeFrame, errorFrame } from "../events/node-events.ts";
import type { Message } from "../model/message.ts";
import type { Failure } from "../model/scripted-reply.ts";
import type { Answer } from "../model/text-model.ts";
import { failureText, recordFailure, tellsByEvent } from "./failure.ts";
import type { JobContext } from "./job-context.ts";
import type { JobClock } from "./job-runner.ts";
import { runJob } from "./run-job.ts";
import type { Job } from "./running-job.ts";

/** Events that leave in one turn when there is no time between them, so that others get their turn too. */
const burst = 100;

/** Publishes what is due, sleeps until the next is, and so keeps the pace when the machine is busy. */
async function stream(context: JobContext, job: Job, answer: Answer, jobClock: JobClock): Promise<number> {
  const events = answer.fragments.slice(0, answer.fail?.afterEvents ?? answer.fragments.length);
  const delayMs = answer.delayMs ?? context.settings.fragmentMs;
  const startMs = performance.now();
  for (let seq = 0; seq < events.length; ) {
    const due = delayMs === 0 ? seq + burst : Math.floor((performance.now() - startMs) / delayMs) + 1;
    for (; seq < Math.min(due, events.length); seq += 1) {
      context.hub.publish(job.userId, "stream", chunksFrame(job, seq, context.clock.now(), events[seq] ?? []));
    }
    await jobClock.pause(delayMs === 0 ? 0 : Math.max(1, startMs + seq * delayMs - performance.now()));
  }
  return events.length;
}

export function startTextJob(context: JobContext, job: Job, messages: readonly Message[]): void {
  let seq = 0;
  const publishFailure = (failure: Failure): void => {
    context.hub.publish(job.userId, "stream", errorFrame(job, seq, context.clock.now(), failureText(failure)));
  };
  const work = async (jobClock: JobClock): Promise<void> => {
    const answer = context.model.answer({ userId: job.userId, model: job.model, messages });
    await jobClock.pause(answer.firstEventMs ?? context.settings.firstEventMs);
    await context.rows.markLoading(job);
    seq = await stream(context, job, answer, jobClock);
    if (answer.fail !== undefined) {
      await recordFailure(context, job, answer.fail);
      if (tellsByEvent(answer.fail)) publishFailure(answer.fail);
      return;
    }
    // the row first: whoever asks for it on hearing the last event finds it done
    await context.rows.update(job, { value: answer.raw, status: "done", model: job.model });
    await context.jobs.end(job.nodeId, "done");
    const text = { result: answer.raw, reasoning: answer.reasoningSummary };
    context.hub.publish(job.userId, "stream", completeFrame(job, seq, context.clock.now(), text));
  };
  runJob(context, job, { work, publishFailure });
}
