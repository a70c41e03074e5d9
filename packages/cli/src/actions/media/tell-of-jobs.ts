import type { Context } from "../../context/context.ts";
import type { HeldJobStore } from "../../context/held-job-store.ts";

/** After Ctrl-C: which jobs go on at the service, and how their results are got. Errors say so by themselves. */
export async function tellOfJobs(
  { output, signal }: Context,
  store: HeldJobStore,
  ids: readonly string[],
): Promise<void> {
  if (!signal.aborted) return;
  const going: string[] = [];
  for (const id of ids) if (!(await store.isOver(id))) going.push(id);
  if (going.length === 0) return;
  const command = `flowith jobs wait ${going.join(" ")}`;
  if (output.isJson) {
    const message = "Interrupted. The job goes on, or its result is there already.";
    output.warn(JSON.stringify({ error: { code: "interrupted", message, hint: command } }));
    return;
  }
  output.warn(`What was begun goes on at the service. Its result:\n${command}`);
}
