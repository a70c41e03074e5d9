import type { Flowith, JobHandle } from "flowith-webapi";
import type { Context } from "../../context/context.ts";
import { HeldJobStore } from "../../context/held-job-store.ts";
import { nameByPrompt } from "../../conversations/name-by-prompt.ts";
import { ExitCode } from "../../exit-codes.ts";
import { Interruption } from "../../shell.ts";
import { tellOfJobs } from "./tell-of-jobs.ts";

/**
 * Does something by jobs that go on at the service when it is interrupted: then it is told how their results are got.
 * @param about the prompt whose words name the new conversation that is made for it
 */
export async function keepingJobs(
  context: Context,
  about: string | undefined,
  work: (client: Flowith, onSubmit: (handle: JobHandle) => void) => Promise<void>,
): Promise<void> {
  const store = new HeldJobStore(await context.jobStore());
  await using client = await context.makeClient({ jobStore: store });
  const submitted: string[] = [];
  let named = Promise.resolve();
  try {
    await work(client, ({ userNodeId, convId }) => {
      submitted.push(userNodeId);
      if (about !== undefined) named = nameByPrompt(client, convId, about, context.signal);
    });
  } catch (error) {
    await release();
    // who reads no further has had enough
    if (!isBrokenPipe(context.signal)) await tellOfJobs(context, store, submitted);
    throw error;
  } finally {
    await named;
  }
  await release();

  async function release(): Promise<void> {
    for (const id of submitted) await store.release(id);
  }
}

function isBrokenPipe({ reason }: AbortSignal): boolean {
  return reason instanceof Interruption && reason.exitCode === ExitCode.BrokenPipe;
}
