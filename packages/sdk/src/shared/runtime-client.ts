import { FlowithClient, type Platform } from "@flowith-webapi/core";
import { generateMany } from "./generate-many.ts";
import { type ManyTask, readTask } from "./many-task.ts";
import type { ManyInput, ManyOptions, ManyResult } from "./many-types.ts";
import { type FlowithOptions, withSupabase } from "./own-supabase.ts";

/** What the `Flowith` of every entry has beyond core's client. */
export class RuntimeClient extends FlowithClient {
  /** Made when it is needed: Workers make clients where no controller may be made. */
  #closing: AbortController | undefined;
  /** How many runs of `generateMany` are being read. Between two of its jobs nothing else is under way. */
  #runs = 0;

  constructor(options: FlowithOptions, platform: Platform) {
    const own = withSupabase(options, platform);
    super(own.options, own.platform);
  }

  /**
   * Reads an input of `generateMany` as that would, and sends nothing: for a list that is to be right as a whole before any
   * of it is paid for. Neither the files that it names nor what a model can do is looked at.
   * @returns what it asks for, apart from the fields of your own
   * @throws InvalidArgumentError for an input that `generateMany` would reject
   * @example
   * const { kind, options } = flowith.checkInput({ kind: "video", prompt: "Waves", loop: true, scene: 3 });
   * console.log(kind, Object.keys(options)); // video [ 'loop' ]
   */
  checkInput(input: unknown): ManyTask {
    const task = readTask(input, this.batchJobs.optionNames);
    this.batchJobs.check(task);
    return task;
  }

  /**
   * Generates many texts, pictures or clips: an async iterable of results as they end, in which one failure never ends the
   * rest. With `resumeFrom` it can be killed and run again, and what was paid for is not paid for again.
   * @throws InvalidArgumentError when it is iterated with wrong options; a `JobStoreError` where `resumeFrom` cannot be
   *   listed; what the inputs throw, behind the results of what was started by then; an `AbortError` after `close()`
   * @example
   * for await (const result of flowith.generateMany(["Name a city.", "Name a river."], { concurrency: 2 }))
   *   if (result.status === "fulfilled") console.log(result.input, result.output.text);
   * @example
   * const inputs = ["red", "blue"].map((colour) => ({ kind: "image" as const, prompt: `A ${colour} boat`, colour }));
   * for await (const result of flowith.generateMany(inputs))
   *   if (result.status === "fulfilled") await result.output.image.save("boats", { filename: `${result.input.colour}.png` });
   */
  generateMany<Input extends ManyInput>(
    inputs: Iterable<Input> | AsyncIterable<Input>,
    options: ManyOptions<Input> = {},
  ): AsyncGenerator<ManyResult<Input>, undefined> {
    const client = {
      verbs: this,
      batchJobs: this.batchJobs,
      balance: async (signal: AbortSignal): Promise<number> => (await this.account.balance({ signal })).remainQuota,
    };
    return this.#counted(
      generateMany(client, inputs, options, () => {
        this.#closing ??= new AbortController();
        return this.#closing.signal;
      }),
    );
  }

  override get isBusy(): boolean {
    return this.#runs > 0 || super.isBusy;
  }

  override close(): void {
    const closing = this.#closing;
    this.#closing = undefined;
    // Before the jobs end, whose ends would make room for the next ones.
    closing?.abort(new DOMException("The client was closed.", "AbortError"));
    super.close();
  }

  async *#counted<Result>(results: AsyncGenerator<Result, undefined>): AsyncGenerator<Result, undefined> {
    this.#runs++;
    try {
      return yield* results;
    } finally {
      this.#runs--;
    }
  }
}
