import type { Media } from "../edge/models/catalogue.ts";

/** A job that was taken on. */
export interface Job {
  userId: string;
  nodeId: string;
  convId: string;
  media: Media;
  model: string;
  /** What was charged, given back when the job fails. */
  cost: number;
}
