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

/** Checks model, rows and credits, in that order, and takes the credits. */
export async function admitJob(context: EdgeContext, request: JobRequest): Promise<Admission> {
  const { userId, nodeId, convId, model, media, rowId } = request;
  const unknown = checkModel(model, media);
  if (unknown !== undefined) return { ok: false, response: unknown };
  const missing = (id: string): Admission => {
    return { ok: false, response: refusal(404, `Node ${id} was not found in conversation ${convId}`, "not_found") };
  };
  if ((await context.rows.find(userId, rowId, convId)) === undefined) return missing(rowId);
  // the id of a node that the server is to make is the client's choice, and so may be anybody's
  if (nodeId !== rowId && (await context.rows.isElsewhere(nodeId, convId))) return missing(nodeId);
  const cost = prices[media];
  if (!(await context.credits.charge(userId, cost))) {
    return { ok: false, response: refusal(402, "Insufficient credits", "insufficient_credits") };
  }
  const job: Job = { userId, nodeId, convId, media, model, cost };
  await context.jobs.begin(job);
  return { ok: true, job };
}
