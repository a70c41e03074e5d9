import {
  type FlowithClient,
  type GenerateOptions,
  type GenerationOutput,
  InvalidArgumentError,
} from "@flowith-webapi/core";
import { abortReason, checkedOptions, type LinkedAbort, linkedAbort, throwIfAborted } from "@flowith-webapi/core/http";
import { StartWindow } from "./start-window.ts";

/** A prompt, or one with options of its own. */
export type ManyInput = string | (GenerateOptions & { prompt: string });

/** How one of many ended. `index` is its place among the inputs. */
export type ManyResult = { index: number; input: ManyInput } & (
  | { status: "fulfilled"; output: GenerationOutput }
  | { status: "rejected"; error: unknown }
);

/** How many texts run at once, and how fast they start. */
export interface ManyOptions {
  /** How many run at once. Default 4. */
  concurrency?: number | undefined;
  /** How many start within any minute. Default: as many as there are. */
  perMinute?: number | undefined;
  /** Called with each result as it comes, in the order of the ends. What it throws ends the iteration. */
  onResult?: ((result: ManyResult) => void) | undefined;
  /** Ends all; the iteration throws the signal's reason. */
  signal?: AbortSignal | undefined;
}

const MINUTE_MS = 60_000;

const OPTIONS = {
  concurrency: "positiveCount",
  perMinute: "positiveCount",
  onResult: "callable",
  signal: "signal",
} as const;

/**
 * Generates many texts. Results come as they end, and a failure is a result like any other. Nothing starts before the
 * first pull; inputs are read as there is room for them, so they may be endless; where nobody reads the results, no
 * further ones are started. Leaving the loop ends those under way.
 * @param closing aborts when the client is closed; asked at the first pull, since a closed client can be used again
 * @throws InvalidArgumentError for the options; what the inputs themselves throw
 */
export async function* generateMany(
  client: Pick<FlowithClient, "generate">,
  inputs: Iterable<ManyInput> | AsyncIterable<ManyInput>,
  options: ManyOptions,
  closing: () => AbortSignal,
): AsyncGenerator<ManyResult, undefined> {
  requireList(inputs);
  const { concurrency = 4, signal } = checkedOptions<ManyOptions>("generateMany", OPTIONS, options);
  throwIfAborted(signal);
  const stop = linkedAbort(signal, closing());
  const reader = resultStream(client, inputs, { ...options, concurrency }, stop).getReader();
  try {
    for (;;) {
      const step = await reader.read();
      if (step.done) return undefined;
      yield step.value;
    }
  } finally {
    stop.release();
    await reader.cancel().catch(() => undefined);
  }
}

/** The queue of results is the stream's own: it says when there is room for more. */
function resultStream(
  client: Pick<FlowithClient, "generate">,
  inputs: Iterable<ManyInput> | AsyncIterable<ManyInput>,
  { concurrency, perMinute, onResult }: ManyOptions & { concurrency: number },
  stop: LinkedAbort,
): ReadableStream<ManyResult> {
  const window = new StartWindow({
    concurrency,
    perWindow: perMinute ?? Number.POSITIVE_INFINITY,
    windowMs: MINUTE_MS,
  });
  let makeRoom: (() => void) | undefined;
  const run = async (
    index: number,
    input: ManyInput,
    controller: ReadableStreamDefaultController<ManyResult>,
  ): Promise<void> => {
    const result = await generateOne(client, index, input, stop.signal);
    if (!stop.signal.aborted) {
      onResult?.(result);
      controller.enqueue(result);
    }
    window.leave();
  };
  const feed = async (controller: ReadableStreamDefaultController<ManyResult>): Promise<void> => {
    let index = 0;
    for await (const input of inputs) {
      while ((controller.desiredSize ?? 0) <= 0 && !stop.signal.aborted) {
        await new Promise<void>((resolve) => {
          makeRoom = resolve;
        });
      }
      if (stop.signal.aborted) return;
      await window.enter(stop.signal);
      run(index++, input, controller).catch((error: unknown) => stop.abort(error));
    }
    await window.idle(stop.signal);
  };
  return new ReadableStream<ManyResult>(
    {
      start(controller) {
        stop.signal.addEventListener("abort", () => {
          makeRoom?.();
          controller.error(abortReason(stop.signal));
        });
        feed(controller).then(
          () => {
            if (!stop.signal.aborted) controller.close();
          },
          (error: unknown) => stop.abort(error),
        );
      },
      pull: () => makeRoom?.(),
      cancel: () => stop.abort(new DOMException("The iteration was left.", "AbortError")),
    },
    { highWaterMark: 2 * concurrency },
  );
}

async function generateOne(
  client: Pick<FlowithClient, "generate">,
  index: number,
  input: ManyInput,
  stop: AbortSignal,
): Promise<ManyResult> {
  // An input that is none is refused by `generate`, and so has a result like any other.
  const { prompt, ...options }: Exclude<ManyInput, string> =
    typeof input === "string" ? { prompt: input } : { ...input };
  // Each has a signal of its own, so that no listener stays on one that outlives it.
  const own = linkedAbort(stop, options.signal);
  try {
    return {
      index,
      input,
      status: "fulfilled",
      output: await client.generate(prompt, { ...options, signal: own.signal }),
    };
  } catch (error) {
    return { index, input, status: "rejected", error };
  } finally {
    own.release();
  }
}

/** One text is a list of letters to JavaScript, and each letter would be a job that is paid for. */
function requireList(inputs: unknown): void {
  const isList =
    typeof inputs === "object" && inputs !== null && (Symbol.iterator in inputs || Symbol.asyncIterator in inputs);
  if (!isList) throw new InvalidArgumentError("generateMany: inputs must be a list, or anything that can be iterated.");
}
