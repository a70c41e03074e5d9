import type { JobHandle, JobKind, JobResults, Progress } from "flowith-webapi";
import { nameByPrompt } from "../../conversations/name-by-prompt.ts";
import { jobLabel } from "../../input/job-label.ts";
import type { ToolCall } from "../add-tool.ts";
import type { Made, Work } from "./work.ts";
import { madeOf, type WorkCall, workHandle } from "./works.ts";

/** What the SDK's verbs are given, whatever they make. */
export interface JobCall {
  label: string | undefined;
  signal: AbortSignal;
  onSubmit(handle: JobHandle): void;
  onProgress(progress: Progress): void;
}

interface Asked {
  prompt: string;
  /** What its cost depends on. */
  what: string;
  isNewConversation: boolean;
  /** What the client lets it cost. */
  maxCredits?: number | undefined;
}

/**
 * Counts a job, begins it, and counts it again when it has ended.
 * @throws CreditLimitError; and what it failed with before it was posted
 */
export async function beginCounted(
  { desk, signal }: ToolCall,
  { what, maxCredits }: Pick<Asked, "what" | "maxCredits">,
  run: (call: WorkCall) => Promise<Made>,
): Promise<Work> {
  signal.throwIfAborted();
  const ticket = await desk.ledger.enter(what, maxCredits);
  const counted = async (call: WorkCall): Promise<Made> => {
    try {
      const made = await run(call);
      return { ...made, credits: await desk.ledger.leave(ticket, true) };
    } catch (error) {
      await desk.ledger.leave(ticket, false);
      throw error;
    }
  };
  return desk.works.begin(signal, counted, desk.ledger.costOf(what));
}

/** A job of the web app's. @throws what `beginCounted` throws */
export function beginJob(
  call: ToolCall,
  { prompt, isNewConversation, ...counted }: Asked,
  run: (options: JobCall) => Promise<JobResults[JobKind]>,
): Promise<Work> {
  const { client } = call.desk;
  return beginCounted(call, counted, async ({ signal, onSubmit, onProgress }) => {
    let named = Promise.resolve();
    const submitted = (handle: JobHandle): void => {
      onSubmit(workHandle(handle));
      if (isNewConversation) named = nameByPrompt(client, handle.convId, prompt, signal);
    };
    const result = await run({ label: jobLabel(prompt), signal, onSubmit: submitted, onProgress });
    await named;
    return madeOf(result);
  });
}
