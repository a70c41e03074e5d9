import type { Limits } from "../options/limits.ts";
import type { Position } from "./canvas-position.ts";
import type { JobReader } from "./job-reader.ts";
import type { JobRules } from "./job-rules.ts";

/** What a post says of its place (wire 2.1, 2.2, 2.3). */
export interface JobIds {
  nodeId: string;
  convId: string;
  userNodeId: string;
  /** Where the answer stands on the canvas. */
  position: Position;
}

/** One job, ready to be submitted. */
export interface JobDescription<Result> {
  rules: JobRules<Result, unknown>;
  /** The verb, for error messages. */
  verb: string;
  model: string;
  prompt: string;
  reader: JobReader<Result>;
  limits: Limits;
  /** Fields of the answer node's `data` beyond those that every one has; unused where the service makes the node. */
  answerData: Record<string, string | boolean>;
  /** What has to be there before the rows are, such as the files of the prompt. */
  prepare?: ((signal: AbortSignal) => Promise<void>) | undefined;
  /** The body of the post; asked for after `prepare`. */
  body(ids: JobIds): Record<string, unknown>;
}
