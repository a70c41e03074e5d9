import type { JobHandle, JobKind, JsonValue } from "../errors/job-handle.ts";

/** Limits in ms; 0 switches one off. See each verb for its defaults. A plain request knows `connectMs` and `totalMs` only. */
export interface TimeoutOptions {
  /**
   * Until the response headers of a request come, from when it is sent. Default 10_000. Of a job: for each of its requests.
   *
   * The `fetch` of Node waits no longer than 300 s for headers, nor for the next byte of a body, whatever is said here or in
   * `idleMs`: for more, pass a `fetch` with a dispatcher of undici that allows it, such as
   * `new Agent({ headersTimeout: 600_000, bodyTimeout: 600_000 })`.
   */
  connectMs?: number | undefined;
  /** Until the first event of a job comes. */
  firstEventMs?: number | undefined;
  /** Of silence: of a job after its first event, of a download between two bytes. */
  idleMs?: number | undefined;
  /** For the whole call. */
  totalMs?: number | undefined;
}

/** What every call takes. */
export interface CallOptions {
  /** Ends the call; what is thrown is the signal's own reason. */
  signal?: AbortSignal | undefined;
  timeout?: TimeoutOptions | undefined;
  headers?: Record<string, string> | undefined;
  /** How often a safe request is repeated after a failure that may pass. Default: the client's. */
  maxRetries?: number | undefined;
  /**
   * Sees the response before it is read; of a job, that of its post only. A promise that it returns is waited for, and the
   * call ends with what it throws or rejects with.
   */
  onResponse?: ((response: Response) => void) | undefined;
}

/** How far a call has come. There is no percentage: the service does not send one. */
export interface Progress {
  phase: "uploading" | "submitted" | "waiting" | "downloading";
  /** ms since the call began. */
  elapsedMs: number;
  sentBytes?: number | undefined;
  receivedBytes?: number | undefined;
  totalBytes?: number | undefined;
}

/** What all jobs take. */
export interface JobOptions<K extends JobKind = JobKind> extends CallOptions {
  model?: string | undefined;
  /** The conversation to work in. Default: a new one. */
  convId?: string | undefined;
  /** The node to hang under. Default: the conversation itself. */
  parentId?: string | undefined;
  /** Merged into the body of the post, over what this SDK puts there. What is undefined is left out. */
  extraBody?: Record<string, unknown> | undefined;
  /** Awaited before the post: store the handle, and a paid result is never lost. If it throws, nothing is posted. */
  onSubmit?: ((handle: JobHandle<K>) => void | Promise<void>) | undefined;
  /**
   * What the job is called here, at most 200 characters. Kept in its handle, and so in the `jobStore` and in `job.handle`
   * of whoever takes it up; never sent to the service, and neither in log lines nor in the JSON of errors.
   */
  label?: string | undefined;
  /**
   * What the job is for, in any form that JSON can hold: at most 4 KiB as UTF-8 JSON. Copied at the call, and kept where
   * `label` is. What would not come back as it was (undefined, a Date, NaN, a cycle, an instance of a class, half a
   * surrogate pair) is refused, and the error says where it stands.
   */
  metadata?: JsonValue | undefined;
  /** The call ends with what it throws, or what a promise that it returns rejects with. */
  onProgress?: ((progress: Progress) => void) | undefined;
}
