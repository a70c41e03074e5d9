import type { Flowith, JobHandle } from "flowith-webapi";
import type { Context } from "../../context/context.ts";
import { HeldJobStore } from "../../context/held-job-store.ts";
import { nameByPrompt } from "../../conversations/name-by-prompt.ts";
import { ExitCode } from "../../exit-codes.ts";
import { withModelDoubt } from "../../input/model-doubt.ts";
import { Interruption } from "../../shell.ts";
import { tellOfJobs } from "./tell-of-jobs.ts";

interface KeptJobs {
  /** The prompt whose words name the new conversation that is made for it. */
  about: string | undefined;
  /** That the command line names. */
  model: string | undefined;
}

/**
 * Does something by jobs that go on at the service when it is interrupted: then it is told how their results are got.
 * @throws CliError where nobody is signed in
 */
export async function keepingJobs(
  context: Context,
  { about, model }: KeptJobs,
  work: (client: Flowith, onSubmit: (handle: JobHandle) => void) => Promise<void>,
): Promise<void> {
  const store = new HeldJobStore(await context.jobStore());
  await using client = await context.makeClient({ jobStore: store });
  await context.requireSession(client);
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
    throw await withModelDoubt(client, error, { model, signal: context.signal });
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
