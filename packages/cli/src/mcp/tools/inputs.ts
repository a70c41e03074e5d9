import * as v from "valibot";

/** As much as the longest prompt may have, in characters. */
const MAX_PROMPT = 1_000_000;

export const prompt = (about: string) =>
  v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_PROMPT), v.description(about));

export const modelId = v.pipe(
  v.optional(v.pipe(v.string(), v.nonEmpty())),
  v.description("A model's id as list_models tells it. Leave it out for the default."),
);

export const conversationId = v.pipe(
  v.string(),
  v.nonEmpty(),
  v.description("Id of a conversation as list_conversations or an earlier result tells it."),
);

export const intoConversation = v.pipe(
  v.optional(v.pipe(v.string(), v.nonEmpty())),
  v.description("Go on with this conversation, and know what was said in it. Left out, a new conversation begins."),
);

export const wait = v.pipe(
  v.optional(v.boolean(), true),
  v.description("false: answer with job_id as soon as the job was taken, to begin several at once."),
);

export const jobId = v.pipe(v.string(), v.nonEmpty(), v.description("job_id of an earlier result."));

export const pictures = (about: string) =>
  v.pipe(v.optional(v.pipe(v.array(v.pipe(v.string(), v.nonEmpty())), v.maxLength(16))), v.description(about));

export const maxCredits = v.pipe(
  v.optional(v.pipe(v.number(), v.gtValue(0))),
  v.description("Do not begin it if such a job has cost more than this before, or if that is not known."),
);
