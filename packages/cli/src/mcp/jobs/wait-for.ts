import type { Progress } from "flowith-webapi";
import type { ToolCall } from "../add-tool.ts";
import type { Made, Work } from "./work.ts";

const words: Record<Progress["phase"], string> = {
  uploading: "uploading",
  submitted: "submitted",
  waiting: "the service is at work",
  downloading: "fetching the result",
};

/**
 * Waits for a job, and tells the client how it goes.
 * @returns undefined where it takes longer; @throws what the job failed with, and the reason of a cancellation
 */
export async function waitFor(work: Work, { context, signal }: ToolCall, limitMs: number): Promise<Made | undefined> {
  signal.throwIfAborted();
  const { promise: left, resolve: leave, reject: cancel } = Promise.withResolvers<undefined>();
  const onAbort = (): void => cancel(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  const timer = setTimeout(() => leave(undefined), limitMs);
  const { progressToken } = context.mcpReq._meta ?? {};
  const startedMs = performance.now();
  let told = -1;
  const tell = (phase: Progress["phase"]): void => {
    const seconds = Math.floor((performance.now() - startedMs) / 1000);
    // it has to grow, and half seconds are of no use to anybody
    if (progressToken === undefined || seconds <= told) return;
    told = seconds;
    const message = `${words[phase]}: ${seconds} s, job ${work.handle.id}`;
    const params = { progressToken, progress: seconds, message };
    // a client that has gone away is told by the signal
    context.mcpReq.notify({ method: "notifications/progress", params }).catch(() => undefined);
  };
  const release = work.onProgress(tell);
  if (work.state === "running") tell("submitted");
  try {
    return await Promise.race([work.result, left]);
  } finally {
    release();
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
    left.catch(() => undefined);
  }
}
