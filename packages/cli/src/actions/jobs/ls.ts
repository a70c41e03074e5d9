import { type Flowith, FlowithError, type JobHandle, type JobStatus } from "flowith-webapi";
import type { Context } from "../../context/context.ts";
import { age } from "../../output/duration.ts";
import { ProgressLine } from "../../output/progress-line.ts";
import { table } from "../../output/table.ts";

export interface LsFlags {
  status?: boolean;
}

type State = JobStatus["state"] | "not yours";

const SHORT_ID = 8;

/** `[{ id, kind, model, convId, nodeId, label, createdAt, state? }]`, the oldest first; `state` with `--status`. */
export async function ls(context: Context, { status }: LsFlags): Promise<void> {
  const { output } = context;
  const handles = (await (await context.jobStore()).list()).toSorted((a, b) => a.createdAtMs - b.createdAtMs);
  const states = status && handles.length > 0 ? await statesOf(context, handles) : undefined;
  const jobs = handles.map(({ userNodeId, kind, model, convId, nodeId, label, createdAtMs }, i) => ({
    id: userNodeId,
    kind,
    model,
    convId,
    nodeId,
    label: label ?? null,
    createdAt: new Date(createdAtMs).toISOString(),
    ...(states === undefined ? {} : { state: states[i] }),
  }));
  if (jobs.length === 0) output.note("No job is under way, and none has a result that was not fetched.");
  await output.result(jobs, () =>
    jobs.length === 0
      ? ""
      : table(
          output,
          [
            { title: "id", value: ({ id }) => (output.isTerminal ? id.slice(0, SHORT_ID) : id) },
            { title: "kind", value: ({ kind }) => kind },
            { title: "age", value: ({ createdAt }) => age(Date.now() - Date.parse(createdAt)), align: "right" },
            ...(states === undefined ? [] : [{ title: "state", value: (job: { state?: State }) => job.state }]),
            { title: "label", value: ({ label }) => label, isFlexible: true },
          ],
          jobs,
        ),
  );
}

/** All at once; the client sends as many requests at a time as it may. */
async function statesOf(context: Context, handles: readonly JobHandle[]): Promise<State[]> {
  using _line = new ProgressLine(context.output, "Asking how they stand");
  const client = await context.client();
  return Promise.all(handles.map((handle) => stateOf(client, handle, context.signal)));
}

async function stateOf(client: Flowith, handle: JobHandle, signal: AbortSignal): Promise<State> {
  try {
    return (await client.resume(handle).status({ signal })).state;
  } catch (error) {
    // a job that another account has begun under this profile
    if (FlowithError.is(error) && error.code === "invalid_argument") return "not yours";
    throw error;
  }
}
