import type { JobHandle, JobStore } from "flowith-webapi";
import { notFoundError, usageError } from "../../cli-error.ts";

const SHORTEST_PREFIX = 6;

/**
 * The jobs that are meant, each once: by its id, by a node's, or by how one of them begins.
 * @throws CliError for an id of none, or of several
 */
export async function findJobs(store: JobStore, ids: readonly string[]): Promise<JobHandle[]> {
  const handles = await store.list();
  return [...new Set(ids.map((id) => findJob(handles, id)))];
}

function findJob(handles: readonly JobHandle[], given: string): JobHandle {
  const id = given.trim().toLowerCase();
  const idsOf = ({ userNodeId, nodeId }: JobHandle): string[] => [userNodeId, nodeId].map((one) => one.toLowerCase());
  const exact = handles.find((handle) => idsOf(handle).includes(id));
  if (exact !== undefined) return exact;
  if (id.length < SHORTEST_PREFIX)
    throw usageError(`${JSON.stringify(given)} is no job's id: it takes ${SHORTEST_PREFIX} characters at least.`);
  const [found, ...others] = handles.filter((handle) => idsOf(handle).some((one) => one.startsWith(id)));
  if (found === undefined)
    throw notFoundError(`There is no job ${JSON.stringify(given)} here.`, "`flowith jobs ls` shows those that are.");
  if (others.length > 0) throw usageError(`${others.length + 1} jobs begin with ${id}.`, "Give more of the id.");
  return found;
}
