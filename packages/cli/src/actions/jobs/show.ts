import type { Context } from "../../context/context.ts";
import { age } from "../../output/duration.ts";
import { oneLine } from "../../output/printable.ts";
import { findJobs } from "./find-jobs.ts";

/** `{ handle, status: { state, word?, error? } }` */
export async function show(context: Context, id: string): Promise<void> {
  const { output, signal } = context;
  const [handle] = await findJobs(await context.jobStore(), [id]);
  if (handle === undefined) return;
  const client = await context.client();
  const status = await client.resume(handle).status({ signal });
  const { userNodeId, kind, model, convId, nodeId, label, createdAtMs } = handle;
  const lines: readonly (readonly [string, string | undefined])[] = [
    ["job", userNodeId],
    ["kind", `${kind}, ${model}`],
    ["label", label],
    ["begun", `${new Date(createdAtMs).toISOString()} (${age(Date.now() - createdAtMs)} ago)`],
    [
      "state",
      status.word === undefined || status.word === status.state ? status.state : `${status.state} (${status.word})`,
    ],
    ["error", status.error],
    ["conversation", convId],
    ["node", nodeId],
  ];
  await output.result({ handle, status }, () =>
    lines
      .flatMap(([name, value]) =>
        value === undefined ? [] : [`${output.paint("bold", `${name}:`)} ${oneLine(value)}`],
      )
      .join("\n"),
  );
}
