import type { GeneratedMedia, Progress } from "flowith-webapi";
import type { Credits } from "../credits/ledger.ts";
import type { DeliveredMedia } from "./deliver-media.ts";

export type WorkKind = "text" | "image" | "video" | "music";

/** What a job has made. */
export interface Made {
  model: string;
  /** Null where there is none, as of music. */
  conversationId: string | null;
  nodeId: string | null;
  text?: string | undefined;
  reasoning?: string | undefined;
  media: readonly GeneratedMedia[];
  /** Undefined for jobs of an earlier run. */
  credits?: Credits | undefined;
}

/** A job by its handle. */
export interface WorkHandle {
  id: string;
  kind: WorkKind;
  model: string;
  conversationId: string | null;
  createdAtMs: number;
  label: string | null;
  /** In credits of the developer API, where the service told it. */
  developerEstimate?: number | undefined;
}

type ProgressListener = (phase: Progress["phase"]) => void;

/** A job that this process waits for, whoever waits for it: a client that goes away ends its own wait, not this one. */
export class Work {
  readonly handle: WorkHandle;
  readonly result: Promise<Made>;
  /** What such a job has cost before, as far as is known. */
  readonly expected: number | undefined;
  readonly #listeners = new Set<ProgressListener>();
  #state: "running" | "done" | "failed" = "running";
  /** What has been made of the result for clients: it is fetched and saved once. */
  delivery: Promise<readonly DeliveredMedia[]> | undefined;

  constructor(handle: WorkHandle, result: Promise<Made>, expected?: number) {
    this.handle = handle;
    this.expected = expected;
    this.result = result;
    result.then(
      () => {
        this.#state = "done";
      },
      () => {
        this.#state = "failed";
      },
    );
  }

  get state(): "running" | "done" | "failed" {
    return this.#state;
  }

  tell(phase: Progress["phase"]): void {
    for (const listener of this.#listeners) listener(phase);
  }

  /** @returns takes the listener away again */
  onProgress(listener: ProgressListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
