import { isInputRequiredResult, type McpServer } from "@modelcontextprotocol/server";
import { ImageModel } from "flowith-webapi";
import * as v from "valibot";
import { addTool } from "../add-tool.ts";
import { conversationOf } from "../conversation-of.ts";
import type { Desk } from "../desk.ts";
import { picturesOf } from "../files/pictures.ts";
import { beginJob } from "../jobs/begin-job.ts";
import { jobResult } from "../jobs/job-result.ts";
import { jobSchema } from "../jobs/job-schema.ts";
import { intoConversation, maxCredits, modelId, pictures, prompt, wait } from "./inputs.ts";

/** What the SDK takes where none is named. */
const DEFAULT_SIZE = "512";

export function addImageTool(server: McpServer, desk: Desk): void {
  addTool(
    server,
    desk,
    "generate_image",
    {
      title: "Generate a picture",
      description:
        "Makes one picture and returns it with its link. Spends credits. Takes seconds to minutes. For several pictures call it several times, each with wait: false, then wait_for_job for each; conversation_id puts them into one conversation.",
      input: v.object({
        prompt: prompt("What the picture shows."),
        model: modelId,
        aspect_ratio: v.pipe(
          v.optional(v.pipe(v.string(), v.regex(/^\d+:\d+$/))),
          v.description("Such as 16:9; list_models tells which ones a model has. Default 1:1."),
        ),
        size: v.pipe(
          v.optional(v.pipe(v.string(), v.nonEmpty())),
          v.description("512, 1k, 2k or 4k, as far as the model has it; larger ones may cost more. Default 512."),
        ),
        conversation_id: intoConversation,
        images: pictures("Pictures to work from: https URLs, or paths of files that may be uploaded."),
        max_credits: maxCredits,
        wait,
      }),
      output: jobSchema,
      annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
    },
    async (args, call) => {
      const { prompt: asked, model, aspect_ratio, size, conversation_id, images } = args;
      const sources = await picturesOf(images, call);
      if (isInputRequiredResult(sources)) return sources;
      const convId = await conversationOf(call, conversation_id);
      const session = desk.client.startConversation({ convId });
      const what = `image ${model ?? ImageModel.Default} ${size ?? DEFAULT_SIZE}`;
      const own = { model, aspectRatio: aspect_ratio, imageSize: size, images: sources };
      const job = { prompt: asked, what, isNewConversation: convId === undefined, maxCredits: args.max_credits };
      const work = await beginJob(call, job, (options) => session.generateImage(asked, { ...own, ...options }));
      return jobResult(work, call, args.wait ? desk.waitMs : 0);
    },
  );
}
