import { isInputRequiredResult, type McpServer } from "@modelcontextprotocol/server";
import { VideoModel } from "flowith-webapi";
import * as v from "valibot";
import { addTool } from "../add-tool.ts";
import { conversationOf } from "../conversation-of.ts";
import type { Desk } from "../desk.ts";
import { picturesOf } from "../files/pictures.ts";
import { beginJob } from "../jobs/begin-job.ts";
import { jobResult } from "../jobs/job-result.ts";
import { jobSchema } from "../jobs/job-schema.ts";
import { intoConversation, maxCredits, modelId, prompt, wait } from "./inputs.ts";

/** What the SDK takes where none is named. */
const DEFAULT_RESOLUTION = "480p";

export function addVideoTool(server: McpServer, desk: Desk): void {
  addTool(
    server,
    desk,
    "generate_video",
    {
      title: "Generate a clip",
      description:
        "Makes one clip and returns its link. Spends many credits. Takes minutes: mostly it answers with a job_id, for wait_for_job.",
      input: v.object({
        prompt: prompt("What the clip shows."),
        model: modelId,
        aspect_ratio: v.pipe(
          v.optional(v.pipe(v.string(), v.regex(/^\d+:\d+$/))),
          v.description("Such as 9:16; list_models tells which ones a model has. Default 16:9."),
        ),
        resolution: v.pipe(v.optional(v.pipe(v.string(), v.nonEmpty())), v.description("Such as 720p. Default 480p.")),
        duration_seconds: v.pipe(
          v.optional(v.pipe(v.number(), v.gtValue(0))),
          v.description("One of those that list_models tells of the model. Default: the model's."),
        ),
        audio: v.pipe(v.optional(v.boolean()), v.description("false: a silent clip. Default true.")),
        first_frame: v.pipe(
          v.optional(v.pipe(v.string(), v.nonEmpty())),
          v.description("A picture to begin with: https URL, or path of a file that may be uploaded."),
        ),
        last_frame: v.pipe(
          v.optional(v.pipe(v.string(), v.nonEmpty())),
          v.description("A picture to end with, for models that have keyframes."),
        ),
        conversation_id: intoConversation,
        max_credits: maxCredits,
        wait,
      }),
      output: jobSchema,
      annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
    },
    async (args, call) => {
      const { prompt: asked, model, resolution, duration_seconds: durationSeconds, audio } = args;
      const [image, lastImage] = [
        await picturesOf(args.first_frame === undefined ? undefined : [args.first_frame], call),
        await picturesOf(args.last_frame === undefined ? undefined : [args.last_frame], call),
      ];
      if (isInputRequiredResult(image)) return image;
      if (isInputRequiredResult(lastImage)) return lastImage;
      const convId = await conversationOf(call, args.conversation_id);
      const session = desk.client.startConversation({ convId });
      const length = durationSeconds === undefined ? "" : ` ${durationSeconds} s`;
      const what = `video ${model ?? VideoModel.Default} ${resolution ?? DEFAULT_RESOLUTION}${length}`;
      const frames = { image: image?.[0], lastImage: lastImage?.[0] };
      const own = { model, aspectRatio: args.aspect_ratio, resolution, durationSeconds, audio, ...frames };
      const job = { prompt: asked, what, isNewConversation: convId === undefined, maxCredits: args.max_credits };
      const work = await beginJob(call, job, (options) => session.generateVideo(asked, { ...own, ...options }));
      return jobResult(work, call, args.wait ? desk.waitMs : 0);
    },
  );
}
