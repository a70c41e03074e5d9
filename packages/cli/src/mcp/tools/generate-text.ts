import { isInputRequiredResult, type McpServer } from "@modelcontextprotocol/server";
import * as v from "valibot";
import { addTool } from "../add-tool.ts";
import { conversationOf } from "../conversation-of.ts";
import type { Desk } from "../desk.ts";
import { picturesOf } from "../files/pictures.ts";
import { beginJob } from "../jobs/begin-job.ts";
import { jobResult } from "../jobs/job-result.ts";
import { jobSchema } from "../jobs/job-schema.ts";
import { intoConversation, modelId, pictures, prompt, wait } from "./inputs.ts";

/** What the SDK takes where none is named. */
const DEFAULT_MODEL = "gpt-4.1-nano";

export function addTextTool(server: McpServer, desk: Desk): void {
  addTool(
    server,
    desk,
    "generate_text",
    {
      title: "Generate text",
      description:
        "Asks a text model of Flowith and returns its answer. Spends credits. With conversation_id the model knows that conversation, and the answer is put into it.",
      input: v.object({
        prompt: prompt("What the model is asked."),
        model: modelId,
        system: v.pipe(v.optional(v.string()), v.description("Instructions for the model.")),
        conversation_id: intoConversation,
        images: pictures("Pictures to look at: https URLs, or paths of files that may be uploaded."),
        wait,
      }),
      output: jobSchema,
      annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
    },
    async ({ prompt: asked, model, system, conversation_id, images, wait: waits }, call) => {
      const sources = await picturesOf(images, call);
      if (isInputRequiredResult(sources)) return sources;
      const convId = await conversationOf(call, conversation_id);
      const session = desk.client.startConversation({ convId, model, system });
      const what = `text ${model ?? DEFAULT_MODEL}`;
      const work = await beginJob(call, { prompt: asked, what, isNewConversation: convId === undefined }, (options) =>
        session.send(asked, { ...options, images: sources }),
      );
      return jobResult(work, call, waits ? desk.waitMs : 0);
    },
  );
}
