import { invalid, refusal } from "../http/answers.ts";
import type { Job } from "../jobs/running-job.ts";
import type { EdgeContext } from "./edge-context.ts";
import { catalogue, type Media, prices } from "./models/catalogue.ts";

export type Admission = { ok: true; job: Job } | { ok: false; response: Response };

/** A refusal when there is no such model for that kind of job. */
export function checkModel(model: string, media: Media): Response | undefined {
  if (catalogue[model]?.media === media) return undefined;
  const msg = `There is no ${media} model "${model}"; GET /models lists them`;
  return invalid([{ loc: ["body", "model"], msg, type: "value_error" }]);
}

export interface JobRequest {
  userId: string;
  nodeId: string;
  convId: string;
  model: string;
  media: Media;
  /** The node whose row must be there: the answer's, or for a video the user's. */
  rowId: string;
}

/** Checks model, row and credits, in that order, and takes the credits. */
export async function admitJob(context: EdgeContext, request: JobRequest): Promise<Admission> {
  const { userId, nodeId, convId, model, media, rowId } = request;
  const unknown = checkModel(model, media);
  if (unknown !== undefined) return { ok: false, response: unknown };
  if ((await context.rows.find(userId, rowId, convId)) === undefined) {
    return { ok: false, response: refusal(404, `Node ${rowId} was not found in conversation ${convId}`, "not_found") };
  }
  const cost = prices[media];
  if (!(await context.credits.charge(userId, cost))) {
    return { ok: false, response: refusal(402, "Insufficient credits", "insufficient_credits") };
  }
  const job: Job = { userId, nodeId, convId, media, model, cost };
  await context.jobs.begin(job);
  return { ok: true, job };
}
