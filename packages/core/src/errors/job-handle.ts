/** What a job makes. */
export type JobKind = "text" | "image" | "video";

/**
 * What a job can be found again by, in another process or tomorrow: a small JSON value without a secret. It is handed
 * to `onSubmit` before the job is posted.
 */
export interface JobHandle<K extends JobKind = JobKind> {
  v: 1;
  kind: K;
  /** The node that will hold the answer. */
  nodeId: string;
  /** The node that holds the prompt. */
  userNodeId: string;
  convId: string;
  userId: string;
  model: string;
  /** ms since 1970, by this machine's clock. */
  createdAtMs: number;
}
