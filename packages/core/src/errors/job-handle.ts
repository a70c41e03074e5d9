/** What a job makes. */
export type JobKind = "text" | "image" | "video";

/** What JSON can hold, and nothing else: no undefined, no Date, no number that is not finite. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/**
 * What a job can be found again by, in another process or tomorrow: a small JSON value without a secret. It is handed
 * to `onSubmit` before the job is posted. Its `kind` tells handles apart: after `if (handle.kind === "image")` it is a
 * `JobHandle<"image">`, and `resume(handle)` a job that gives pictures.
 */
export type JobHandle<K extends JobKind = JobKind> = {
  [Kind in K]: {
    v: 1;
    kind: Kind;
    /** The node that will hold the answer. */
    nodeId: string;
    /** The node that holds the prompt. */
    userNodeId: string;
    convId: string;
    userId: string;
    model: string;
    /** ms since 1970, by the clock of the machine that submitted it, which may be wrong: nothing is concluded from it. */
    createdAtMs: number;
    /** The option of that name. */
    label?: string | undefined;
    /** The option of that name, as it was at the call. */
    metadata?: JsonValue | undefined;
    /** Of a job of `generateMany` with `resumeFrom`: the `id` of its input. Its handle stays in the store after its end. */
    batchId?: string | undefined;
    /** Beside `batchId`: SHA-256 of the prompt, where the platform has `crypto.subtle`. */
    promptDigest?: string | undefined;
    /** Beside `batchId`, ms since 1970: when the service had taken it. */
    postedAtMs?: number | undefined;
    /** Beside `batchId`, ms since 1970: when its result was seen. Such a job is pending no more. */
    endedAtMs?: number | undefined;
  };
}[K];
