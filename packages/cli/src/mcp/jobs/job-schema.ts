import * as v from "valibot";

/** A picture, clip or piece of music of a result. */
const mediaSchema = v.object({
  url: v.pipe(v.string(), v.description("Where it is; anybody who has it can open it.")),
  mime_type: v.nullable(v.string()),
  size_bytes: v.nullable(v.number()),
  path: v.pipe(v.nullable(v.string()), v.description("Where the server saved it.")),
  shown: v.pipe(v.boolean(), v.description("Whether the picture itself is in this result.")),
  note: v.optional(v.string()),
});

/** What is told of a job, with its result once there is one. */
export const jobSchema = v.object({
  job_id: v.string(),
  kind: v.picklist(["text", "image", "video", "music"]),
  state: v.pipe(v.picklist(["running", "done"]), v.description("running: call wait_for_job with job_id.")),
  model: v.string(),
  conversation_id: v.nullable(v.string()),
  node_id: v.nullable(v.string()),
  text: v.optional(v.string()),
  reasoning: v.optional(v.string()),
  media: v.array(mediaSchema),
  credits: v.object({
    expected: v.pipe(v.nullable(v.number()), v.description("What such a job has cost before; null where none has.")),
    spent: v.pipe(v.nullable(v.number()), v.description("By this job; null where it is not known.")),
    remaining: v.pipe(v.nullable(v.number()), v.description("On the account when the job had ended.")),
  }),
  developer_estimate: v.pipe(
    v.optional(v.number()),
    v.description("What the service expects music to cost, in credits of the developer API, which are another unit."),
  ),
  next: v.pipe(v.optional(v.string()), v.description("What to do now.")),
});

export type JobReport = v.InferOutput<typeof jobSchema>;
export type MediaReport = v.InferOutput<typeof mediaSchema>;
