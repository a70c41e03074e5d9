import type { McpServer } from "@modelcontextprotocol/server";
import type { FlowithDeveloper } from "flowith-webapi/developer";
import * as v from "valibot";
import { jobLabel } from "../../input/job-label.ts";
import { addTool } from "../add-tool.ts";
import type { Desk } from "../desk.ts";
import { beginCounted } from "../jobs/begin-job.ts";
import { jobResult } from "../jobs/job-result.ts";
import { jobSchema } from "../jobs/job-schema.ts";
import { orRefusedKey } from "../results/refused-key.ts";
import { prompt, wait } from "./inputs.ts";

export function addMusicTool(server: McpServer, desk: Desk, developer: FlowithDeveloper): void {
  addTool(
    server,
    desk,
    "generate_music",
    {
      title: "Generate music",
      description:
        "Makes a piece of music and returns its link. Spends credits; developer_estimate is what the service expects, in another unit. Takes minutes: mostly it answers with a job_id, for wait_for_job. The job is known as long as this server runs.",
      input: v.object({
        prompt: prompt("Style, mood, instruments; 10 to 300 characters."),
        model: v.pipe(v.optional(v.pipe(v.string(), v.nonEmpty())), v.description("Leave it out for the default.")),
        wait,
      }),
      output: jobSchema,
      annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
    },
    async ({ prompt: asked, model, wait: waits }, call) => {
      const work = await beginCounted(
        call,
        { what: `music ${model ?? "default"}` },
        async ({ signal, onSubmit, onProgress }) => {
          const task = await orRefusedKey(developer.submitMusic(asked, { model, signal }));
          const { taskId, createdAtMs, model: taken, estimatedCost } = task.handle;
          onSubmit({
            id: taskId,
            kind: "music",
            model: taken,
            conversationId: null,
            createdAtMs,
            label: jobLabel(asked) ?? null,
            developerEstimate: estimatedCost,
          });
          onProgress({ phase: "submitted", elapsedMs: 0 });
          const { media } = await task.wait({ signal, onProgress });
          return { model: taken, conversationId: null, nodeId: null, media: [media] };
        },
      );
      return jobResult(work, call, waits ? desk.waitMs : 0);
    },
  );
}
