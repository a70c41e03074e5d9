import { JobFailedError } from "../errors/job-failed-error.ts";
import type { JobKind } from "../errors/job-handle.ts";
import { type JobReader, type Verdict, WAIT } from "../jobs/job-reader.ts";
import { type Failure, failedJob } from "../wire/failure.ts";
import type { NodeEvent } from "../wire/node-event.ts";
import { isHttpUrl, type NodeRow, rowState } from "../wire/node-row.ts";

/** A finished picture or clip, before it becomes an output. */
export interface MediaResult {
  url: string;
  model: string | undefined;
  raw: unknown;
}

/** Waits for the URL of a picture, a clip, or whatever else a job makes. */
export class MediaReader implements JobReader<MediaResult> {
  readonly partial = undefined;
  readonly #kind: JobKind;
  #hasEnded = false;

  constructor(kind: JobKind) {
    this.#kind = kind;
  }

  accept(event: NodeEvent): Verdict<MediaResult> {
    if (event.type === "failed") return this.#failed(event.failure);
    if (event.type !== "ended") return WAIT;
    const { end } = event;
    const url = [end.resultUrl, end.imageUrl, end.videoUrl, end.result, end.nodeData.value].find(
      (value) => value !== undefined,
    );
    if (isHttpUrl(url)) return { state: "done", result: { url, model: end.nodeData.model, raw: end.raw } };
    // A success without a URL may only mean that this channel does not carry it.
    this.#hasEnded = true;
    return this.#withoutResult();
  }

  acceptRow(row: NodeRow | undefined): Verdict<MediaResult> {
    const state = row === undefined ? undefined : rowState(row, "media");
    if (state?.state === "failed") return this.#failed(state.failure);
    if (row !== undefined && state?.state === "done") {
      const url = row.data.value;
      if (isHttpUrl(url)) return { state: "done", result: { url, model: row.data.model, raw: row.raw } };
      return this.#withoutResult();
    }
    return this.#hasEnded ? this.#withoutResult() : WAIT;
  }

  #failed(failure: Failure): Verdict<MediaResult> {
    return { state: "failed", error: failedJob(`The ${this.#kind} job failed`, failure) };
  }

  #withoutResult(): Verdict<MediaResult> {
    return {
      state: "unsettled",
      error: new JobFailedError(`The ${this.#kind} job ended without a URL of its result.`, { reason: "unknown" }),
    };
  }
}
