import type { Context } from "../../context/context.ts";
import type { HeldJobStore } from "../../context/held-job-store.ts";

/** After Ctrl-C: which jobs go on, or have a result that was not saved, and how it is got. Errors say so by themselves. */
export async function tellOfJobs(
  { output, signal }: Context,
  store: HeldJobStore,
  ids: readonly string[],
): Promise<void> {
  if (!signal.aborted) return;
  const kept = new Set((await store.list()).map(({ userNodeId }) => userNodeId));
  const going = ids.filter((id) => kept.has(id));
  if (going.length === 0) return;
  const command = `flowith jobs wait ${going.join(" ")}`;
  if (output.isJson) {
    const message = "Interrupted. What was begun goes on at the service.";
    output.report({ error: { code: "interrupted", message, hint: command } });
    return;
  }
  output.warn(`What was begun goes on at the service.\nIts result:\n${command}`);
}
