import type { McpServer } from "@modelcontextprotocol/server";
import * as v from "valibot";
import { addTool, type ToolCall } from "../add-tool.ts";
import type { Desk } from "../desk.ts";
import { jobResult } from "../jobs/job-result.ts";
import { jobSchema } from "../jobs/job-schema.ts";
import type { Work } from "../jobs/work.ts";
import { McpToolError } from "../results/mcp-error.ts";
import { toolResult } from "../results/tool-result.ts";
import { jobId } from "./inputs.ts";

/** As long as the longest job. */
const MAX_WAIT_SECONDS = 900;
/** For a job that ended before this run: its result is one answer of the service away. */
const COLLECT_MS = 2_000;

export function addJobTools(server: McpServer, desk: Desk): void {
  addTool(
    server,
    desk,
    "wait_for_job",
    {
      title: "Wait for a job",
      description:
        "Waits until a job has ended and returns its result, or says that it is still running: then call it again. A job that failed is an error that says why.",
      input: v.object({
        job_id: jobId,
        wait_seconds: v.pipe(
          v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(MAX_WAIT_SECONDS))),
          v.description(`How long to wait at most. Default ${desk.waitMs / 1000}; clients may give up after 60.`),
        ),
      }),
      output: jobSchema,
      annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
    },
    async ({ job_id, wait_seconds }, call) => {
      const work = await foundWork(call, job_id);
      return jobResult(work, call, wait_seconds === undefined ? desk.waitMs : wait_seconds * 1000);
    },
  );
  addTool(
    server,
    desk,
    "get_job",
    {
      title: "Look at a job",
      description: "Says without waiting whether a job is still running, and returns its result if it is done.",
      input: v.object({ job_id: jobId }),
      output: jobSchema,
      annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
    },
    async ({ job_id }, call) => {
      const isKnown = desk.works.isKnown(job_id);
      return jobResult(await foundWork(call, job_id), call, isKnown ? 0 : COLLECT_MS);
    },
  );
  addListTool(server, desk);
}

function addListTool(server: McpServer, desk: Desk): void {
  addTool(
    server,
    desk,
    "list_jobs",
    {
      title: "List jobs",
      description:
        "Lists jobs whose results were not fetched yet, and those of this run of the server, the newest first. After a cancelled or lost call the job is here.",
      input: v.object({}),
      output: v.object({
        jobs: v.array(
          v.object({
            job_id: v.string(),
            kind: v.string(),
            state: v.pipe(
              v.picklist(["running", "done", "failed", "not_fetched"]),
              v.description("not_fetched: begun earlier, or by another program; get_job tells how it stands."),
            ),
            model: v.string(),
            conversation_id: v.nullable(v.string()),
            created_at: v.string(),
            prompt: v.pipe(v.nullable(v.string()), v.description("How it begins.")),
          }),
        ),
      }),
      annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    },
    async (_args, { signal }) => {
      const jobs = (await desk.works.list(signal)).map(({ handle, work }) => ({
        job_id: handle.id,
        kind: handle.kind,
        state: work?.state ?? "not_fetched",
        model: handle.model,
        conversation_id: handle.conversationId,
        created_at: new Date(handle.createdAtMs).toISOString(),
        prompt: handle.label,
      }));
      return toolResult({ jobs });
    },
  );
}

async function foundWork({ desk, signal }: ToolCall, id: string): Promise<Work> {
  const work = await desk.works.find(id, signal);
  if (work !== undefined) return work;
  throw new McpToolError(
    "not_found",
    `There is no job ${JSON.stringify(id)} here, or its result was fetched in an earlier run.`,
    "list_jobs tells those that there are; a result that was fetched stands in its conversation (read_conversation).",
  );
}
