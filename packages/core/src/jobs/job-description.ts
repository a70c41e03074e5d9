import type { JobKind } from "../errors/job-handle.ts";
import type { Limits } from "../options/limits.ts";
import type { Position } from "./canvas-position.ts";
import type { JobReader } from "./job-reader.ts";

/** What a post says of its place (wire 2.1, 2.2, 2.3). */
export interface JobIds {
  nodeId: string;
  convId: string;
  userNodeId: string;
  /** Where the answer stands on the canvas. */
  position: Position;
}

/** What makes one kind of job different from another; the rest of a job is the same for all. */
export interface JobDescription<Result> {
  kind: JobKind;
  /** The verb, for error messages. */
  what: string;
  model: string;
  prompt: string;
  reader: JobReader<Result>;
  /** Fields of the answer node's `data` beyond those that every one has; undefined where the service makes the node. */
  answerData: Record<string, string | boolean> | undefined;
  /** What has to be there before the rows are, such as the files of the prompt. */
  prepare?: ((signal: AbortSignal) => Promise<void>) | undefined;
  /** Path and query of the post, and its body. */
  path: string;
  query?: Record<string, string> | undefined;
  body(ids: JobIds): Record<string, unknown>;
  /**
   * Whether a post of which there is no sign after it was sent may be sent once more under the same id. Only a text's:
   * nobody knows whether the service takes a second one for the same picture, and a picture or clip is dear.
   */
  isPostedAgain: boolean;
  limits: Limits;
}
