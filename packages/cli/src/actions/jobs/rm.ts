import type { Context } from "../../context/context.ts";
import { findJobs } from "./find-jobs.ts";

/** `{ removed: [id] }`. Only the handle is forgotten; the job itself goes on, and its result is on the canvas. */
export async function rm(context: Context, ids: string[]): Promise<void> {
  const store = await context.jobStore();
  const handles = await findJobs(store, ids);
  for (const { userNodeId } of handles) await store.delete(userNodeId);
  const removed = handles.map(({ userNodeId }) => userNodeId);
  await context.output.result({ removed }, () => removed.map((id) => `Forgotten: ${id}`).join("\n"));
}
