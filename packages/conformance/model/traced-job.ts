import type { FlowithClient, GenerationChunk, GenerationOutput, GenerationStream, JobHandle } from "flowith-webapi";
import type { JobScript } from "./job-script.ts";
import type { OnSubmit } from "./plan.ts";

export type Outcome = { output: GenerationOutput } | { error: unknown };

/** How the user ended a job. */
export interface Ending {
  by: "abort" | "leave" | "cancel" | "close";
  /** False where the job may have been over already without anybody having looked. */
  isCertain: boolean;
}

export const SUBMIT_BUG: Error = new Error("a bug in onSubmit");

/** One job of a client, read as a user would, with a record of all that came. */
export class TracedJob {
  readonly script: JobScript;
  readonly client: number;
  readonly onSubmit: OnSubmit;
  readonly signal: AbortSignal;
  readonly chunks: GenerationChunk[] = [];
  handle: JobHandle | undefined;
  startedAtMs: number | undefined;
  /** When either side was seen to be over. */
  overAtMs: number | undefined;
  outcome: Outcome | undefined;
  isOutputAsked = false;
  /** How the reading ended: to its end, by an error, or by leaving. */
  reading: { state: "none" | "open" | "done" } | { state: "threw"; error: unknown } = { state: "none" };
  ending: Ending | undefined;
  /** Whether its reader went away, after which the reading just ends, whatever became of the job. */
  hasLeft = false;
  /** Whether its end cannot have gone unnoticed for a while, since somebody awaited `output` from the start. */
  wasWatchedAllTheTime = false;
  readonly #controller = new AbortController();
  readonly #stream: GenerationStream;
  #iterator: AsyncIterator<GenerationChunk, undefined> | undefined;
  #permits = 0;
  #isPaused = true;
  #wake: (() => void) | undefined;

  constructor(flowith: FlowithClient, client: number, prompt: string, script: JobScript, onSubmit: OnSubmit) {
    this.script = script;
    this.client = client;
    this.onSubmit = onSubmit;
    this.signal = this.#controller.signal;
    this.#stream = flowith.generateStream(prompt, {
      signal: this.signal,
      onSubmit: async (handle) => {
        this.handle = handle;
        if (onSubmit === "throws") throw SUBMIT_BUG;
        if (onSubmit === "slow") await new Promise((resolve) => setTimeout(resolve, 700));
      },
    });
  }

  get isStarted(): boolean {
    return this.startedAtMs !== undefined;
  }

  get isOver(): boolean {
    const isReadToItsEnd = this.reading.state !== "open";
    return isReadToItsEnd && (!this.isOutputAsked || this.outcome !== undefined);
  }

  read(isPaused: boolean): void {
    this.#start();
    if (this.#iterator !== undefined) return;
    this.#iterator = this.#stream[Symbol.asyncIterator]();
    this.reading = { state: "open" };
    this.#isPaused = isPaused;
    // A first pull, since a stream that nobody has pulled has not begun.
    this.#permits = 1;
    this.#readAll(this.#iterator).then(
      () => this.#finish({ state: "done" }),
      (error: unknown) => this.#finish({ state: "threw", error }),
    );
  }

  askOutput(): void {
    if (this.isOutputAsked) return;
    if (!this.isStarted) this.wasWatchedAllTheTime = true;
    this.#start();
    this.isOutputAsked = true;
    this.#stream.output.then(
      (output) => this.#settle({ output }),
      (error: unknown) => this.#settle({ error }),
    );
  }

  pull(): void {
    this.#permits++;
    this.#wake?.();
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    this.#wake?.();
  }

  abort(reason: unknown): void {
    this.#end("abort");
    this.#controller.abort(reason);
  }

  cancel(): void {
    this.#end("cancel");
    this.hasLeft = true;
    this.#stream.cancel();
    this.resume();
  }

  /** What `break` does. */
  async leave(): Promise<void> {
    if (this.#iterator === undefined) return;
    this.#end("leave");
    this.hasLeft = true;
    await this.#iterator.return?.();
    this.resume();
  }

  clientClosed(): void {
    if (this.isStarted) this.#end("close");
  }

  #end(by: Ending["by"]): void {
    if (this.isStarted && this.isOver) return;
    const isSeen =
      (this.isOutputAsked && this.outcome === undefined) || (this.reading.state === "open" && !this.#isPaused);
    this.ending ??= { by, isCertain: !this.isStarted || isSeen };
  }

  #start(): void {
    this.startedAtMs ??= Date.now();
  }

  async #readAll(iterator: AsyncIterator<GenerationChunk, undefined>): Promise<void> {
    for (;;) {
      while (this.#isPaused && this.#permits === 0) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
      if (this.#permits > 0) this.#permits--;
      const step = await iterator.next();
      if (step.done) return;
      this.chunks.push(step.value);
    }
  }

  #finish(reading: typeof this.reading): void {
    this.reading = reading;
    this.overAtMs ??= Date.now();
  }

  #settle(outcome: Outcome): void {
    this.outcome = outcome;
    this.overAtMs ??= Date.now();
  }
}
